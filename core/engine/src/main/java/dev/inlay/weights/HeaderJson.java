package dev.inlay.weights;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.inlay.InlayException;
import dev.inlay.weights.SafetensorsHeader.Entry;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a header token by token.
 *
 * <p>The numbers of entries and dimensions and the depth are bounded, so that a hostile header
 * cannot take much more memory than its own length.
 */
final class HeaderJson {
  private static final String METADATA = "__metadata__";
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_DIMENSIONS = 64;
  private static final int DEEPEST = 16;
  private static final int LONGEST_MESSAGE = 200;

  private final Path path;
  private final JsonReader json;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean metadataSeen;

  private HeaderJson(Path path, JsonReader json) {
    this.path = path;
    this.json = json;
  }

  /** Returns the header, its entries' offsets counted from the start of the data. */
  static SafetensorsHeader parse(Path path, byte[] text) throws IOException {
    var decoder = StandardCharsets.UTF_8.newDecoder(); // refuses what is not UTF-8
    var json = new JsonReader(new InputStreamReader(new ByteArrayInputStream(text), decoder));
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(DEEPEST);
    HeaderJson header = new HeaderJson(path, json);
    if (text.length == 0 || text[0] != '{') {
      throw header.fault("its header is not a JSON object, which begins with '{'.");
    }
    try {
      header.readAll();
    } catch (CharacterCodingException e) {
      throw header.fault("its header is not UTF-8 text.");
    } catch (MalformedJsonException | EOFException e) {
      throw header.fault("its header is not valid JSON: %s.".formatted(complaint(e)));
    }
    return new SafetensorsHeader(header.metadata, header.entries);
  }

  /** The parser's message without its advice for programmers. */
  private static String complaint(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    String complaint =
        message
            .lines()
            .findFirst()
            .orElse(message)
            .replaceFirst("^Use JsonReader\\.\\S+ to accept malformed JSON", "Unexpected text");
    return Text.shortened(complaint, LONGEST_MESSAGE);
  }

  private void readAll() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        readTensor(name);
      }
      if (entries.size() > MOST_ENTRIES) {
        throw fault("its header lists more than %d tensors.".formatted(MOST_ENTRIES));
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw fault("its header goes on after the JSON object.");
    }
  }

  private void readMetadata() throws IOException {
    if (metadataSeen) {
      throw fault("its header has %s twice.".formatted(METADATA));
    }
    metadataSeen = true;
    expect(JsonToken.BEGIN_OBJECT, METADATA);
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      expect(JsonToken.STRING, "the metadata " + Text.quoted(key));
      if (metadata.put(key, json.nextString()) != null) {
        throw fault("its header has the metadata %s twice.".formatted(Text.quoted(key)));
      }
      if (metadata.size() > MOST_ENTRIES) {
        throw fault("its header has more than %d metadata.".formatted(MOST_ENTRIES));
      }
    }
    json.endObject();
  }

  private void readTensor(String name) throws IOException {
    String tensor = "the tensor " + Text.quoted(name);
    expect(JsonToken.BEGIN_OBJECT, tensor);
    @Nullable String dtype = null;
    @Nullable List<Long> shape = null;
    @Nullable List<Long> offsets = null;
    json.beginObject();
    while (json.hasNext()) {
      String field = json.nextName();
      switch (field) {
        case "dtype" -> {
          once(dtype, tensor, field);
          expect(JsonToken.STRING, "the dtype of " + tensor);
          dtype = json.nextString();
        }
        case "shape" -> {
          once(shape, tensor, field);
          shape = wholeNumbers("the shape of " + tensor);
        }
        case "data_offsets" -> {
          once(offsets, tensor, field);
          offsets = wholeNumbers("the data_offsets of " + tensor);
        }
        default -> json.skipValue(); // as the format's own library does
      }
    }
    json.endObject();
    if (dtype == null || shape == null || offsets == null) {
      String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw fault("%s has no %s.".formatted(tensor, missing));
    }
    if (entries.put(name, entry(name, dtype, shape, offsets)) != null) {
      throw fault("its header lists %s twice.".formatted(tensor));
    }
  }

  private Entry entry(String name, String dtype, List<Long> shape, List<Long> offsets) {
    String tensor = "the tensor " + Text.quoted(name);
    TensorType type = TensorType.named(dtype);
    if (type == null) {
      throw new InlayException(
          "%s: %s has the dtype %s; Inlay reads %s. Convert the file to one of these."
              .formatted(path, tensor, Text.quoted(dtype), TensorType.names()));
    }
    if (shape.stream().anyMatch(dimension -> dimension < 0)) {
      throw fault(
          "%s has the shape %s; no dimension is negative.".formatted(tensor, Text.shape(shape)));
    }
    long bytes = TensorInfo.bytes(type, shape);
    if (bytes < 0) {
      throw fault(
          "%s has the shape %s, more than any file holds.".formatted(tensor, Text.shape(shape)));
    }
    if (offsets.size() != 2) {
      throw fault("%s has %d data_offsets; it needs two.".formatted(tensor, offsets.size()));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin < 0 || end < begin) {
      throw fault(
          "%s has the data_offsets %d to %d; they cannot be negative, nor end before they begin."
              .formatted(tensor, begin, end));
    }
    if (end - begin != bytes) {
      throw fault(
          "%s has the data_offsets %d to %d, %d bytes, but %s of shape %s takes %d."
              .formatted(tensor, begin, end, end - begin, type, Text.shape(shape), bytes));
    }
    return new Entry(new TensorInfo(name, type, shape), begin);
  }

  private List<Long> wholeNumbers(String what) throws IOException {
    expect(JsonToken.BEGIN_ARRAY, what);
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      expect(JsonToken.NUMBER, "each number in " + what);
      // The text is parsed because nextLong accepts 1.0 as 1.
      String number = json.nextString();
      try {
        numbers.add(Long.parseLong(number));
      } catch (NumberFormatException e) {
        throw fault(
            "%s has %s; whole numbers below 2^63 are allowed."
                .formatted(what, Text.quoted(number)));
      }
      if (numbers.size() > MOST_DIMENSIONS) {
        throw fault("%s has more than %d numbers.".formatted(what, MOST_DIMENSIONS));
      }
    }
    json.endArray();
    return numbers;
  }

  private void once(@Nullable Object before, String tensor, String field) {
    if (before != null) {
      throw fault("%s has its %s twice.".formatted(tensor, field));
    }
  }

  private void expect(JsonToken wanted, String what) throws IOException {
    JsonToken seen = json.peek();
    if (seen != wanted) {
      throw fault("%s must be %s, but is %s.".formatted(what, kind(wanted), kind(seen)));
    }
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case BEGIN_OBJECT -> "an object";
      case BEGIN_ARRAY -> "a list";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      default -> token.name().toLowerCase(Locale.ROOT);
    };
  }

  private InlayException fault(String message) {
    return new InlayException(path + ": " + message + " " + SafetensorsHeader.DAMAGED);
  }
}
