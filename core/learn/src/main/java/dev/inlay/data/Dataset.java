package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.FolderListing;
import dev.inlay.spec.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A folder of labelled images with the {@code dataset.yaml} that describes it. */
public final class Dataset {
  /** The file that describes a dataset, in the dataset's folder. */
  public static final String DESCRIPTOR = "dataset.yaml";

  private final Path folder;
  private final DatasetInfo info;

  private Dataset(Path folder, DatasetInfo info) {
    this.folder = folder;
    this.info = info;
  }

  /**
   * Opens the dataset in a folder; no image is read.
   *
   * @throws InlayException if the folder or its {@code dataset.yaml} is missing or wrong
   */
  public static Dataset open(Path folder) {
    if (!Files.exists(folder)) {
      throw new InlayException(
          "%s does not exist. Name the folder that holds %s.".formatted(folder, DESCRIPTOR));
    }
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s is a file, but a dataset is a folder. Name the folder that holds %s."
              .formatted(folder, DESCRIPTOR));
    }
    return new Dataset(folder, DescriptorFile.read(folder.resolve(DESCRIPTOR)));
  }

  /**
   * The dataset in a folder with this {@code dataset.yaml}, which need not be there.
   *
   * @throws InlayException if the text is wrong
   */
  public static Dataset described(Path folder, String yaml) {
    return new Dataset(folder, DescriptorFile.read(folder.resolve(DESCRIPTOR), yaml));
  }

  public Path folder() {
    return folder;
  }

  public DatasetInfo info() {
    return info;
  }

  public ClassList classes() {
    return info.classes();
  }

  /**
   * Lists a split's images with their label maps, in the order of their names or of its list.
   *
   * @throws InlayException if there is no such split, a folder is missing or empty, or an image or
   *     a label map has no counterpart
   */
  public List<Sample> split(String name) {
    SplitFiles files = files(name);
    Path images = files.images();
    Path labels = files.labels();
    Path list = files.list();
    List<Sample> all;
    if (images == null || labels == null) {
      all = new SplitList(folder.resolve(Objects.requireNonNull(list))).pairs(folder);
    } else {
      FolderPairs pairs = pairs(images, labels);
      all =
          list == null ? pairs.all() : new SplitList(folder.resolve(list)).of(pairs, info.naming());
    }
    return part(all, files);
  }

  /**
   * What a split has, as far as its files are in order: those without a partner are told by a
   * message each, and left out.
   *
   * @throws InlayException if there is no such split, or a folder or list is missing or wrong
   */
  public PairedFiles paired(String name) {
    SplitFiles files = files(name);
    Path images = files.images();
    Path labels = files.labels();
    if (images == null || labels == null || files.list() != null) {
      return new PairedFiles(split(name), List.of());
    }
    FolderPairs pairs = pairs(images, labels);
    return new PairedFiles(part(pairs.whole(), files), pairs.lonely());
  }

  /**
   * The pairs of a split and what has no partner.
   *
   * @param lonely a message for each file without a partner
   */
  public record PairedFiles(List<Sample> samples, List<String> lonely) {}

  private FolderPairs pairs(Path images, Path labels) {
    return new FolderPairs(folder.resolve(images), folder.resolve(labels), info.naming());
  }

  private static List<Sample> part(List<Sample> all, SplitFiles files) {
    return files.part() == null ? all : SplitParts.of(all, files.part());
  }

  /**
   * What a split's folder of images holds besides, as a message that counts and names it; empty if
   * nothing is skipped.
   *
   * @throws InlayException if there is no such split or the folder cannot be listed
   */
  public Optional<String> skipped(String split) {
    Path images = files(split).images();
    if (images == null) {
      return Optional.empty();
    }
    Path all = folder.resolve(images);
    return info.naming().nested()
        ? FolderListing.withSubfolders(all).skippedMessage()
        : FolderListing.of(all).skippedMessage();
  }

  private SplitFiles files(String name) {
    SplitFiles files = info.splits().get(name);
    if (files == null) {
      throw new InlayException(
          "%s has no split '%s'.%s Splits: %s.%s"
              .formatted(
                  folder.resolve(DESCRIPTOR),
                  name,
                  Suggestions.didYouMean(name, info.splits().keySet()),
                  String.join(", ", info.splits().keySet()),
                  info.splits().size() == 1
                      ? " Where there is no other, write split: {train: 0.8, val: 0.2, seed: 1}."
                      : ""));
    }
    return files;
  }

  /** Reads the label maps' values as classes. */
  public LabelDecoder decoder() {
    return new LabelDecoder(info.classes(), info.coding());
  }

  /** A split's images and label maps; each is read on request and then checked. */
  public SampleSource samples(String split) {
    return new FileSamples(split(split), decoder());
  }

  /** Some images and label maps of this dataset; each is read on request and then checked. */
  public SampleSource samples(List<Sample> some) {
    return new FileSamples(some, decoder());
  }

  /** A split's label maps without its images; each is read on request and then checked. */
  public LabelSource labels(String split) {
    return new FileLabels(split(split), decoder());
  }
}
