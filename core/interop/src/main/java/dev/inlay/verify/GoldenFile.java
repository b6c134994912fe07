package dev.inlay.verify;

import dev.inlay.InlayException;
import dev.inlay.torch.HostArray;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The results of a reference implementation: a safetensors file with its parameters ({@code
 * state.*}), inputs ({@code input.*}), outputs ({@code output.*}) and gradients ({@code grad.*}).
 */
public final class GoldenFile {

  private final String name;
  private final Map<String, String> metadata;
  private final Map<String, HostArray> arrays = new LinkedHashMap<>();
  private final Set<String> whole = new TreeSet<>();

  private GoldenFile(String name, Map<String, String> metadata) {
    this.name = name;
    this.metadata = metadata;
  }

  /**
   * Reads a file.
   *
   * @throws InlayException if it is no safetensors file, or lacks inputs or outputs
   */
  public static GoldenFile read(Path path) {
    try (Safetensors file = Safetensors.open(path)) {
      for (String entry : List.of("input.0", "output.0")) {
        if (!file.tensors().containsKey(entry)) {
          throw new InlayException(
              "%s is no golden file: it lacks the entry %s. A golden file has state.KEY for every parameter, input.N and output.N."
                  .formatted(path, entry));
        }
      }
      GoldenFile golden = new GoldenFile(nameOf(path), file.metadata());
      file.tensors().values().forEach(tensor -> golden.read(file, tensor));
      return golden;
    }
  }

  /** A copy with other parameters. */
  GoldenFile withState(Map<String, HostArray> state) {
    GoldenFile other = new GoldenFile(name, metadata);
    other.arrays.putAll(arrays);
    other.arrays.keySet().removeIf(entry -> entry.startsWith("state."));
    other.whole.addAll(whole);
    state.forEach((key, array) -> other.arrays.put("state." + key, array));
    return other;
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName()).replaceFirst("\\.safetensors$", "");
  }

  private void read(TensorFile file, TensorInfo tensor) {
    arrays.put(tensor.name(), array(file, tensor));
    if (!tensor.type().floating()) {
      whole.add(tensor.name());
    }
  }

  /** The values of a tensor, whole numbers as floats. */
  static HostArray array(TensorFile file, TensorInfo tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    if (tensor.type().floating()) {
      return new HostArray(shape, file.floats(tensor));
    }
    long[] longs = file.longs(tensor);
    float[] values = new float[longs.length];
    for (int i = 0; i < longs.length; i++) {
      values[i] = longs[i];
    }
    return new HostArray(shape, values);
  }

  /** The file's name without its ending. */
  public String name() {
    return name;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The values of an entry.
   *
   * @throws InlayException if there is no entry with this name
   */
  public HostArray array(String entry) {
    HostArray array = arrays.get(entry);
    if (array == null) {
      throw new InlayException(
          "%s has no entry %s. Its entries are %s.".formatted(name, entry, arrays.keySet()));
    }
    return array;
  }

  public boolean has(String entry) {
    return arrays.containsKey(entry);
  }

  /** Whether an entry holds whole numbers. */
  public boolean isWhole(String entry) {
    return whole.contains(entry);
  }

  /** The entries with a prefix, by the rest of their names. */
  public Map<String, HostArray> below(String prefix) {
    Map<String, HostArray> found = new LinkedHashMap<>();
    arrays.forEach(
        (entry, array) -> {
          if (entry.startsWith(prefix)) {
            found.put(entry.substring(prefix.length()), array);
          }
        });
    return found;
  }

  /**
   * The numbers of the numbered outputs; other outputs are intermediate values of the reference.
   */
  public List<Integer> outputs() {
    return below("output.").keySet().stream()
        .filter(key -> key.matches("\\d{1,4}"))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }
}
