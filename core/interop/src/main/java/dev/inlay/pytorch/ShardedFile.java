package dev.inlay.pytorch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.pickle.FileErrors;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.Text;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A model in several files, opened by its index: a JSON object whose {@code weight_map} gives the
 * file of each tensor, such as {@code model.safetensors.index.json}. The files lie beside the
 * index; a name that leads elsewhere is refused, because an index may come from anywhere.
 */
final class ShardedFile implements TensorFile {

  private static final int LARGEST_INDEX = 64 << 20;
  private static final int MOST_SHARDS = 2000;
  private static final int MOST_TENSORS = 100_000;
  private static final int MOST_SHOWN = 4;

  private final Path path;
  private final FileErrors errors;
  private final Map<String, TensorFile> shards = new LinkedHashMap<>();
  private final Map<String, TensorFile> owners = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private ShardedFile(Path path) {
    this.path = path;
    errors = new FileErrors(path);
  }

  /**
   * Opens an index and all files that it names.
   *
   * @param opener opens one of them
   * @throws InlayException if the index breaks a rule, names a file that is not beside it, or does
   *     not list what the files hold
   */
  static ShardedFile open(Path path, Function<Path, TensorFile> opener) {
    ShardedFile file = new ShardedFile(path);
    try {
      file.read(opener);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
    return file;
  }

  private void read(Function<Path, TensorFile> opener) {
    Map<String, String> index = index();
    List<String> names = index.values().stream().distinct().toList();
    requireBeside(names);
    for (String name : names) {
      TensorFile shard = opener.apply(path.resolveSibling(name));
      shards.put(name, shard);
      shard.metadata().forEach(metadata::putIfAbsent);
    }
    index.forEach(this::take);
    shards.forEach(this::requireListed);
  }

  private Map<String, String> index() {
    JsonObject map;
    try {
      map =
          JsonParser.parseString(SmallFile.text(path, "index", LARGEST_INDEX))
              .getAsJsonObject()
              .getAsJsonObject("weight_map");
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      throw errors.damaged("it is no JSON object with a weight_map.");
    }
    if (map == null || map.isEmpty() || map.size() > MOST_TENSORS) {
      throw errors.damaged(
          "its weight_map lists %d tensors; from 1 to %d are read."
              .formatted(map == null ? 0 : map.size(), MOST_TENSORS));
    }
    Map<String, String> index = new LinkedHashMap<>();
    map.asMap().forEach((tensor, shard) -> index.put(tensor, name(tensor, shard)));
    return index;
  }

  /** The plain name of a file, which can't lead out of the index's folder. */
  private String name(String tensor, JsonElement shard) {
    boolean text = shard.isJsonPrimitive() && shard.getAsJsonPrimitive().isString();
    String name = text ? shard.getAsString() : "";
    boolean plain =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(each -> each == '/' || each == '\\' || each < ' ');
    if (!plain) {
      throw errors.of(
          "it says that the tensor %s is in %s; it must be the plain name of a file beside the index."
              .formatted(Text.quoted(tensor), Text.shortened(shard.toString())));
    }
    return name;
  }

  private void requireBeside(List<String> names) {
    if (names.size() > MOST_SHARDS) {
      throw errors.damaged(
          "it names %d files; at most %d are opened.".formatted(names.size(), MOST_SHARDS));
    }
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (!Files.isRegularFile(path.resolveSibling(name))) {
        missing.add(Text.quoted(name));
      }
    }
    if (!missing.isEmpty()) {
      String more = missing.size() > MOST_SHOWN ? ", …" : "";
      throw errors.of(
          "%d of the %d files that it names are not beside it: %s%s. Fetch them into the same folder."
              .formatted(
                  missing.size(),
                  names.size(),
                  String.join(", ", missing.subList(0, Math.min(MOST_SHOWN, missing.size()))),
                  more));
    }
  }

  private void take(String tensor, String shard) {
    TensorFile file = Objects.requireNonNull(shards.get(shard));
    TensorInfo found = file.tensors().get(tensor);
    if (found == null) {
      throw errors.of(
          "it says that the tensor %s is in %s, which does not have it. Fetch the index and its files again, in one version."
              .formatted(Text.quoted(tensor), Text.quoted(shard)));
    }
    owners.put(tensor, file);
    tensors.put(tensor, found);
  }

  private void requireListed(String shard, TensorFile file) {
    for (String name : file.tensors().keySet()) {
      if (owners.get(name) != file) {
        throw errors.of(
            "it does not list the tensor %s of %s. Fetch the index and its files again, in one version."
                .formatted(Text.quoted(name), Text.quoted(shard)));
      }
    }
  }

  @Override
  public Path path() {
    return path;
  }

  /** The texts of all files; of equal keys, the first file's. */
  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void read(TensorInfo tensor, long from, ByteBuffer target) {
    TensorFile owner = owners.get(tensor.name());
    if (owner == null) {
      throw new IllegalArgumentException("The tensor %s is not in %s.".formatted(tensor, path));
    }
    owner.read(tensor, from, target);
  }

  @Override
  public void close() {
    shards.values().forEach(TensorFile::close);
  }
}
