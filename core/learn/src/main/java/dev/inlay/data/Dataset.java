package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.FolderListing;
import dev.inlay.spec.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
   * Lists a split's images with their label maps, in the order of their names.
   *
   * @throws InlayException if there is no such split, a folder is missing or empty, or an image or
   *     a label map has no counterpart
   */
  public List<Sample> split(String name) {
    DatasetInfo.Folders folders = folders(name);
    return FolderPairs.list(folder.resolve(folders.images()), folder.resolve(folders.labels()));
  }

  /**
   * What a split's folder of images holds besides, as a message that counts and names it; empty if
   * nothing is skipped.
   *
   * @throws InlayException if there is no such split or the folder cannot be listed
   */
  public Optional<String> skipped(String split) {
    return FolderListing.of(folder.resolve(folders(split).images())).skippedMessage();
  }

  private DatasetInfo.Folders folders(String name) {
    DatasetInfo.Folders folders = info.splits().get(name);
    if (folders == null) {
      throw new InlayException(
          "%s has no split '%s'.%s Splits: %s."
              .formatted(
                  folder.resolve(DESCRIPTOR),
                  name,
                  Suggestions.didYouMean(name, info.splits().keySet()),
                  String.join(", ", info.splits().keySet())));
    }
    return folders;
  }

  /** A split's images and label maps; each is read on request and then checked. */
  public SampleSource samples(String split) {
    return new FileSamples(split(split), info.classes());
  }

  /** A split's label maps without its images; each is read on request and then checked. */
  public LabelSource labels(String split) {
    return new FileLabels(split(split), info.classes());
  }
}
