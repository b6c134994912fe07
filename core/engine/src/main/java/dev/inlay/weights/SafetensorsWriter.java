package dev.inlay.weights;

import com.google.gson.stream.JsonWriter;
import dev.inlay.InlayException;
import dev.inlay.files.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, one tensor after the other. */
public final class SafetensorsWriter {
  private static final String METADATA = "__metadata__";

  private SafetensorsWriter() {}

  /**
   * Writes or replaces a file of tensors atomically: into a temporary file in the same folder,
   * which is forced to the disk, then moved. If writing fails, nothing changes.
   *
   * @param metadata texts by key, written in the map's order
   * @param tensors the tensors in the order of the header; the data has the widest types first, so
   *     that every tensor is aligned
   * @param source the tensors' bytes, requested once for each tensor in the order of the data
   * @throws InlayException if the path is a folder, its folder is missing, or writing fails
   * @throws IllegalArgumentException if two tensors have the same name, a name is reserved or
   *     cannot be written as UTF-8, or the header would be longer than the format allows
   * @throws IllegalStateException if the source writes too many or too few bytes for a tensor
   */
  public static void write(
      Path path, Map<String, String> metadata, List<TensorInfo> tensors, TensorSource source) {
    List<TensorInfo> byWidth =
        tensors.stream()
            .sorted(Comparator.comparingInt((TensorInfo tensor) -> -tensor.type().bytes()))
            .toList();
    ByteBuffer header = header(metadata, tensors, byWidth);
    WholeFile.write(
        path,
        file -> {
          while (header.hasRemaining()) {
            file.write(header);
          }
          for (TensorInfo tensor : byWidth) {
            source.writeWhole(tensor, file);
          }
          file.force(true);
        });
  }

  private static ByteBuffer header(
      Map<String, String> metadata, List<TensorInfo> tensors, List<TensorInfo> byWidth) {
    Map<String, Long> offsets = new HashMap<>();
    long end = 0;
    for (TensorInfo tensor : byWidth) {
      if (tensor.name().equals(METADATA) || offsets.put(tensor.name(), end) != null) {
        throw new IllegalArgumentException(
            "The name " + Text.quoted(tensor.name()) + " is reserved or used twice");
      }
      end = Math.addExact(end, tensor.bytes());
    }
    byte[] json = utf8(json(metadata, tensors, offsets));
    int padded = (json.length + 7) / 8 * 8;
    if (padded > SafetensorsHeader.LONGEST) {
      throw new IllegalArgumentException(
          "The header would take %d bytes of the %d allowed"
              .formatted(padded, SafetensorsHeader.LONGEST));
    }
    ByteBuffer header =
        ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + padded)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded)
            .put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static String json(
      Map<String, String> metadata, List<TensorInfo> tensors, Map<String, Long> offsets) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(METADATA).beginObject();
        for (Map.Entry<String, String> fact : metadata.entrySet()) {
          json.name(fact.getKey()).value(fact.getValue());
        }
        json.endObject();
      }
      for (TensorInfo tensor : tensors) {
        json.name(tensor.name()).beginObject().name("dtype").value(tensor.type().name());
        json.name("shape").beginArray();
        for (long dimension : tensor.shape()) {
          json.value(dimension);
        }
        json.endArray();
        long begin = offsets.getOrDefault(tensor.name(), 0L);
        json.name("data_offsets").beginArray().value(begin).value(begin + tensor.bytes());
        json.endArray().endObject();
      }
      json.endObject();
    } catch (IOException e) {
      throw new AssertionError("A string cannot refuse text", e);
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    try {
      // A new encoder refuses an unpaired surrogate; getBytes would replace it.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("A name or metadata is not Unicode text", e);
    }
  }
}
