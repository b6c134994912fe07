package dev.inlay.pytorch;

import dev.inlay.files.FileKind;
import dev.inlay.pickle.Dict;
import dev.inlay.pickle.FileErrors;
import dev.inlay.pickle.PickleInput;
import dev.inlay.pickle.Scalar;
import dev.inlay.pickle.Sequence;
import dev.inlay.pickle.Storage;
import dev.inlay.pickle.Unpickler;
import dev.inlay.pickle.Value;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format that PyTorch wrote before 1.6: five pickles, then the storages one by one. */
final class LegacyCheckpoint {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

  /** The start of a checkpoint whose pickles have protocol 1. */
  static final String OLDEST_START = "L" + MAGIC + "L\n";

  /** A key by which PaddlePaddle's dictionaries of parameters are known. */
  private static final String PADDLE = "StructuredToParameterName@@";

  private static final long PROTOCOL = 1001;
  private static final long LONGEST_PICKLE = 256 << 20;

  private final FileChannel file;
  private final FileErrors errors;
  private final long end;
  private long position;

  private LegacyCheckpoint(FileChannel file, FileErrors errors) throws IOException {
    this.file = file;
    this.errors = errors;
    end = file.size();
  }

  static Container read(FileChannel file, FileErrors errors) throws IOException {
    return new LegacyCheckpoint(file, errors).read();
  }

  private Container read() {
    Value first = pickle(null);
    if (!MAGIC.equals(content(first))) {
      FileKind kind = kind(first);
      throw errors.of(
          "it is %s, not one that torch.save has written. %s"
              .formatted(kind.what(), kind.forWeights()));
    }
    Object protocol = content(pickle(null));
    if (!Long.valueOf(PROTOCOL).equals(protocol)) {
      throw errors.damaged(
          "its format version is not %d, the only one that is read.".formatted(PROTOCOL));
    }
    Value system = pickle(null);
    if (system instanceof Dict facts
        && facts.entries().get("little_endian") instanceof Scalar little
        && little.content().equals(false)) {
      throw errors.of(
          "its numbers are big-endian; only little-endian numbers are read. Save it again on a little-endian machine.");
    }
    Map<String, Storage> referred = new HashMap<>();
    Value root = pickle(referred);
    Value keys = pickle(null);
    if (!(keys instanceof Sequence sequence)) {
      throw errors.damaged("it lacks the list of its storages.");
    }
    Map<String, Place> places = new HashMap<>();
    for (Value key : sequence.items()) {
      Storage storage = content(key) instanceof String text ? referred.get(text) : null;
      if (storage == null || places.containsKey(storage.key())) {
        throw errors.damaged(
            "its list of storages names %s, which is unknown or listed twice."
                .formatted(key.kind()));
      }
      places.put(storage.key(), next(storage));
    }
    return new Container(root, places);
  }

  /** The kind of a pickle of another library. */
  private FileKind kind(Value first) {
    boolean paddle = first instanceof Dict dict && dict.entries().containsKey(PADDLE);
    return FileKind.named(paddle ? Path.of("model.pdparams") : errors.path())
        .orElse(
            new FileKind("a pickle", "Load it in Python and save its tensors with torch.save."));
  }

  private Value pickle(@Nullable Map<String, Storage> storages) {
    PickleInput input =
        new PickleInput(file, position, Math.min(end, position + LONGEST_PICKLE), errors);
    Value value = Unpickler.read(input, storages);
    position = input.position();
    return value;
  }

  private Place next(Storage storage) {
    String name = "its storage " + Text.quoted(storage.key());
    long count = count(name);
    if (count != storage.count()) {
      throw errors.damaged(
          "%s has %d numbers in its pickle and %d before its data."
              .formatted(name, storage.count(), count));
    }
    position += Long.BYTES;
    if (count > (end - position) / storage.type().bytes()) {
      throw errors.damaged(
          "%s has %d numbers, but only %d bytes follow: most likely it was cut short."
              .formatted(name, count, end - position));
    }
    Place place = new Place(position, count * storage.type().bytes(), 0);
    position += place.bytes();
    return place;
  }

  private long count(String name) {
    ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (count.hasRemaining() && file.read(count, position + count.position()) >= 0) {
        // Continues until the buffer is full.
      }
    } catch (IOException e) {
      throw errors.unreadable(e);
    }
    if (count.hasRemaining()) {
      throw errors.damaged("it ends before %s: most likely it was cut short.".formatted(name));
    }
    return count.getLong(0);
  }

  private static @Nullable Object content(Value value) {
    return value instanceof Scalar scalar ? scalar.content() : null;
  }
}
