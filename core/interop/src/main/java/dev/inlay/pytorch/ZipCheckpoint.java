package dev.inlay.pytorch;

import dev.inlay.files.FileKind;
import dev.inlay.pickle.FileErrors;
import dev.inlay.pickle.PickleInput;
import dev.inlay.pickle.Unpickler;
import dev.inlay.pickle.Value;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The format of PyTorch since 1.6: a zip file with a pickle and one entry per storage. */
final class ZipCheckpoint {
  private static final String PICKLE = "data.pkl";
  private static final long LONGEST_PICKLE = 256 << 20;
  private static final int LONGEST_BYTE_ORDER = 16;

  private final FileChannel file;
  private final FileErrors errors;
  private final Map<String, Place> entries = new HashMap<>();

  private ZipCheckpoint(FileChannel file, FileErrors errors) {
    this.file = file;
    this.errors = errors;
  }

  static Container read(FileChannel file, FileErrors errors) throws IOException {
    return new ZipCheckpoint(file, errors).read();
  }

  private Container read() throws IOException {
    List<ZipEntryPlace> listed = new ZipDirectory(file, errors).entries();
    listed.forEach(entry -> entries.put(entry.name(), entry.data()));
    String folder = folder(listed);
    requireStored(listed);
    requireLittleEndian(folder);
    Place pickle = pickle(folder);
    Value root =
        Unpickler.read(
            new PickleInput(file, pickle.offset(), pickle.offset() + pickle.bytes(), errors),
            new HashMap<>());
    Map<String, Place> storages = new HashMap<>();
    String prefix = folder + "data/";
    entries.forEach(
        (name, place) -> {
          if (name.startsWith(prefix)) {
            storages.put(name.substring(prefix.length()), place);
          }
        });
    return new Container(root, storages);
  }

  /** The folder of all entries, with its slash; PyTorch names it after the saved file. */
  private String folder(List<ZipEntryPlace> listed) {
    List<String> folders =
        listed.stream()
            .map(ZipEntryPlace::name)
            .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
            .map(name -> name.substring(0, name.length() - PICKLE.length()))
            .filter(folder -> folder.indexOf('/') == folder.length() - 1)
            .toList();
    if (folders.isEmpty()) {
      FileKind kind = FileKind.ofZip(listed.stream().map(ZipEntryPlace::name).toList());
      throw errors.of(
          "it is %s, not a PyTorch checkpoint. %s".formatted(kind.what(), kind.forWeights()));
    }
    if (folders.size() > 1) {
      throw errors.damaged("it has %d entries %s.".formatted(folders.size(), PICKLE));
    }
    String folder = folders.get(0);
    boolean program =
        listed.stream()
            .map(ZipEntryPlace::name)
            .anyMatch(
                name -> name.equals(folder + "constants.pkl") || name.startsWith(folder + "code/"));
    if (program) {
      throw errors.of(
          "it is a TorchScript program, not a checkpoint. "
              + "Save its weights with torch.save(torch.jit.load(file).state_dict(), path).");
    }
    return folder;
  }

  private void requireStored(List<ZipEntryPlace> listed) {
    for (ZipEntryPlace entry : listed) {
      if (!entry.stored()) {
        throw errors.of(
            ("its zip entry %s is compressed, which PyTorch never does. "
                    + "Fetch it again, or save it again with torch.save.")
                .formatted(Text.quoted(entry.name())));
      }
    }
  }

  private void requireLittleEndian(String folder) throws IOException {
    Place place = entries.get(folder + "byteorder");
    if (place == null) {
      return; // older files have none and are little-endian
    }
    int count = (int) Math.min(place.bytes(), LONGEST_BYTE_ORDER);
    ByteBuffer order = ByteBuffer.allocate(count);
    while (order.hasRemaining() && file.read(order, place.offset() + order.position()) >= 0) {
      // Continues until the buffer is full.
    }
    String text = new String(order.array(), StandardCharsets.UTF_8);
    if (!text.equals("little")) {
      throw errors.of(
          "its numbers have the byte order %s; only little-endian numbers are read. Save it again on a little-endian machine."
              .formatted(Text.quoted(text)));
    }
  }

  private Place pickle(String folder) throws IOException {
    @Nullable Place pickle = entries.get(folder + PICKLE);
    if (pickle == null || pickle.bytes() > LONGEST_PICKLE) {
      throw errors.damaged("its %s has more than %d bytes.".formatted(PICKLE, LONGEST_PICKLE));
    }
    if (pickle.checksum() != 0 && pickle.checksum() != checksum(pickle)) {
      throw errors.damaged("its %s does not match its CRC-32.".formatted(PICKLE));
    }
    return pickle;
  }

  private long checksum(Place place) throws IOException {
    CRC32 checksum = new CRC32();
    ByteBuffer piece = ByteBuffer.allocateDirect(1 << 16);
    for (long done = 0; done < place.bytes(); ) {
      piece.clear().limit((int) Math.min(piece.capacity(), place.bytes() - done));
      int count = file.read(piece, place.offset() + done);
      if (count < 0) {
        break;
      }
      done += count;
      checksum.update(piece.flip());
    }
    return checksum.getValue();
  }
}
