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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of {@code torch.save}, in the zip format or the legacy format, open for reading.
 *
 * <p>Opening an untrusted file is safe: its pickle is read, but nothing in it runs. The tensors are
 * those of the state dict, which may be the whole checkpoint or nested in it.
 */
public final class PyTorchFile implements TensorFile {
  /** The first byte of a pickle: the protocol opcode, or an integer in the oldest protocols. */
  private static final List<Integer> PICKLE_STARTS = List.of(0x80, (int) 'L');

  private final Path path;
  private final FileChannel channel;
  private final FileErrors errors;
  private final String stateDictPlace;
  private final String removedPrefix;
  private final Optional<WeightSet> weights;
  private final Map<String, String> metadata;
  private final List<Skipped> skipped;
  private final Map<String, Layout> layouts = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Checksums checksums = new Checksums();
  private final StridedReader reader;

  private PyTorchFile(
      Path path, FileChannel channel, FileErrors errors, WeightSet.@Nullable Kind wanted)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.errors = errors;
    Container container = container(channel, errors);
    StateDict state = new StateDictFinder(errors).find(container.root(), wanted);
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
    weights = Optional.ofNullable(state.set());
    OtherEntries entries = OtherEntries.of(container.root(), state);
    metadata = entries.texts();
    skipped = entries.skipped();
    reader = new StridedReader(this::fill);
  }

  /**
   * Opens a checkpoint, reads its pickle and checks the places of all tensors.
   *
   * @throws InlayException if the file does not exist, can't be read, is no checkpoint, is damaged,
   *     has no state dict, or names a forbidden callable
   */
  public static PyTorchFile open(Path path) {
    return open(path, null);
  }

  /**
   * Opens a checkpoint and takes one of its sets of weights.
   *
   * @param wanted the set to take if there are two; null takes the one under the usual key
   * @throws InlayException as {@link #open(Path)}, or if the checkpoint does not have this set
   */
  static PyTorchFile open(Path path, WeightSet.@Nullable Kind wanted) {
    if (Files.isDirectory(path)) {
      throw new InlayException(
          "%s is a folder, not a PyTorch checkpoint. Give the path of the file itself."
              .formatted(path));
    }
    FileErrors errors = new FileErrors(path);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // Opening a pipe would wait for its other end.
      throw errors.of("it is a pipe, a device or a socket. Give a regular file.");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new PyTorchFile(path, channel, errors, wanted);
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new InlayException(
          "%s does not exist. Give the path of a PyTorch checkpoint.".formatted(path), e);
    } catch (IOException e) {
      throw errors.unreadable(e);
    }
  }

  private static Container container(FileChannel channel, FileErrors errors) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(2);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      // Continues until the buffer is full.
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
   * The plain values outside the state dict, under their keys joined with dots such as {@code
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

  /** The keys of the state dict, joined with dots; empty if it is the whole checkpoint. */
  public String stateDictPlace() {
    return stateDictPlace;
  }

  /** The prefix that was removed from all tensor names: {@code module.}, or empty. */
  public String removedPrefix() {
    return removedPrefix;
  }

  /** Which of two sets of weights was taken; empty if the checkpoint has no average. */
  public Optional<WeightSet> weights() {
    return weights;
  }

  /**
   * The entries that are neither tensors of the state dict nor metadata; many of one kind are
   * grouped.
   */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A tensor that is read in order, from its first byte to its last and in pieces of any size,
   * is checked against the file's CRC-32.
   */
  @Override
  public void read(TensorInfo tensor, long from, ByteBuffer target) {
    Layout layout = layouts.get(tensor.name());
    if (layout == null || !layout.info().equals(tensor)) {
      throw new IllegalArgumentException("The tensor %s is not in %s.".formatted(tensor, path));
    }
    if (from < 0 || target.remaining() > tensor.bytes() - from) {
      throw new IllegalArgumentException(
          "The tensor %s has fewer than %d bytes from byte %d on."
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
