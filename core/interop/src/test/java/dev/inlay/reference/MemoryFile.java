package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of tensors that is nowhere, for matching. The bytes of each tensor count up from its
 * name's hash, so that tensors of other names differ.
 */
final class MemoryFile implements TensorFile {

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  /** The parameters of a network under a project's names. */
  static MemoryFile of(String spec, int classes, String project) {
    MemoryFile file = new MemoryFile();
    Assembly assembly = SampleParts.assembly(spec, classes);
    KeyMap keys =
        Layouts.of(assembly, SampleParts.TECHNIQUES).stream()
            .filter(each -> each.names().equals(project))
            .findFirst()
            .orElseThrow();
    for (Parameter each : assembly.graph().parameters().values()) {
      TensorType type = TensorInfo.of(each).type();
      file.put(keys.byParameter().getOrDefault(each.name(), ""), type, each.shape());
    }
    return file;
  }

  MemoryFile put(String name, TensorType type, List<Long> shape) {
    tensors.put(name, new TensorInfo(name, type, shape));
    return this;
  }

  MemoryFile put(String name, Long... shape) {
    return put(name, TensorType.F32, List.of(shape));
  }

  MemoryFile without(String ending) {
    tensors.keySet().removeIf(name -> name.endsWith(ending));
    return this;
  }

  /** Puts something before every name. */
  MemoryFile below(String begin) {
    Map<String, TensorInfo> all = new LinkedHashMap<>(tensors);
    tensors.clear();
    all.forEach((name, tensor) -> put(begin + name, tensor.type(), tensor.shape()));
    return this;
  }

  MemoryFile text(String name, String text) {
    texts.put(name, text);
    return this;
  }

  @Override
  public Path path() {
    return Path.of("weights.pth");
  }

  @Override
  public Map<String, String> metadata() {
    return texts;
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return tensors;
  }

  @Override
  public void read(TensorInfo tensor, long from, ByteBuffer target) {
    ByteBuffer little = target.order(ByteOrder.LITTLE_ENDIAN);
    for (long at = from; little.hasRemaining(); at += Float.BYTES) {
      little.putFloat((tensor.name().hashCode() + at) % 1000 / 8f);
    }
  }

  @Override
  public void close() {}
}
