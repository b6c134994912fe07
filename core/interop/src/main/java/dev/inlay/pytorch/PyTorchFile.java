package dev.inlay.pytorch;

import dev.inlay.InlayException;
import dev.inlay.pickle.FileErrors;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint that torch.save wrote, in the zip format or the one before it, open for reading.
 *
 * <p>Opening reads its pickle, and nothing that is in it runs: it may come from anyone. Its tensors
 * are those of the state dict, wherever in the checkpoint that is.
 */
public final class PyTorchFile implements TensorFile {
  /** How a pickle begins: with its protocol, or in the oldest protocols with a number. */
  private static final List<Integer> PICKLE_STARTS = List.of(0x80, (int) 'L');

  private final Path path;
  private final FileChannel channel;
  private final FileErrors errors;
  private final String stateDictPlace;
  private final String removedPrefix;
  private final Map<String, String> metadata;
  private final List<Skipped> skipped;
  private final Map<String, Layout> layouts = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Checksums checksums = new Checksums();
  private final StridedReader reader;

  private PyTorchFile(Path path, FileChannel channel, FileErrors errors) throws IOException {
    this.path = path;
    this.channel = channel;
    this.errors = errors;
    Container container = container(channel, errors);
    StateDict state = new StateDictFinder(errors).find(container.root());
    state
        .tensors()
        .forEach(
            (name, tensor) -> {
              Layout layout = Layout.of(name, tensor, container.storages(), errors);
              layouts.put(name, layout);
              tensors.put(name, layout.info());
            });
    stateDictPlace = state.place();
    removedPrefix = state.prefix();
    OtherEntries entries = OtherEntries.of(container.root(), state);
    metadata = entries.texts();
    skipped = entries.skipped();
    reader = new StridedReader(this::fill);
  }

  /**
   * Opens a checkpoint, reads its pickle, and checks where all its tensors lie.
   *
   * @throws InlayException if the file is not there, cannot be read, is no checkpoint, is damaged,
   *     holds no state dict, or names something that no honest checkpoint does
   */
  public static PyTorchFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new InlayException(
          path + " is a folder, not a PyTorch checkpoint. Give the path of the file itself.");
    }
    FileErrors errors = new FileErrors(path);
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new PyTorchFile(path, channel, errors);
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new InlayException(path + " does not exist. Give the path of a PyTorch checkpoint.", e);
    } catch (IOException e) {
      throw errors.unreadable(e);
    }
  }

  private static Container container(FileChannel channel, FileErrors errors) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(2);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      // Reads on until both are there.
    }
    if (start.hasRemaining()) {
      throw errors.damaged(
          "it has %d bytes, fewer than any checkpoint.".formatted(start.position()));
    }
    if (start.get(0) == 'P' && start.get(1) == 'K') {
      return ZipCheckpoint.read(channel, errors);
    }
    if (PICKLE_STARTS.contains(Byte.toUnsignedInt(start.get(0)))) {
      return LegacyCheckpoint.read(channel, errors);
    }
    throw errors.of("it is no PyTorch checkpoint. Give one that torch.save has written.");
  }

  @Override
  public Path path() {
    return path;
  }

  /**
   * The plain values outside of the state dict, under their keys joined with dots such as {@code
   * meta.CLASSES}: strings as they are, others as JSON.
   */
  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The tensors of the state dict. */
  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The keys of the state dict, joined with dots; empty where it is the whole checkpoint. */
  public String stateDictPlace() {
    return stateDictPlace;
  }

  /** What was taken off the names of all tensors: {@code module.}, or nothing. */
  public String removedPrefix() {
    return removedPrefix;
  }

  /** What is neither a tensor of the state dict nor in the metadata, many of a kind as one. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Whoever reads a tensor from its first byte to its last, in any pieces, learns if the bytes
   * do not match the checksum that the file has of them.
   */
  @Override
  public void read(TensorInfo tensor, long from, ByteBuffer target) {
    Layout layout = layouts.get(tensor.name());
    if (layout == null || !layout.info().equals(tensor)) {
      throw new IllegalArgumentException("The tensor " + tensor + " is not of " + path);
    }
    if (from < 0 || target.remaining() > tensor.bytes() - from) {
      throw new IllegalArgumentException(
          "The tensor %s ends before %d bytes from byte %d on"
              .formatted(tensor, target.remaining(), from));
    }
    try {
      if (layout.contiguous()) {
        ByteBuffer read = target.duplicate();
        fill(layout.storage().offset() + layout.offset() + from, target);
        if (checksums.damaged(layout, from, read)) {
          throw errors.damaged(
              "the tensor %s does not match its CRC-32.".formatted(Text.quoted(tensor.name())));
        }
      } else {
        reader.read(layout, from, target);
      }
    } catch (IOException e) {
      throw errors.unreadable(e);
    }
  }

  private void fill(long position, ByteBuffer target) throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, next);
      if (count < 0) {
        throw errors.damaged("it was shortened while it was being read.");
      }
      next += count;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw errors.unreadable(e);
    }
  }
}
