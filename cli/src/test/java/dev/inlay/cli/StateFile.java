package dev.inlay.cli;

import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.pytorch.PyTorchWriter;
import dev.inlay.reference.KeyMap;
import dev.inlay.reference.Layouts;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorSource;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** A state dict with the parameters of a network under some project's names, to be saved. */
public final class StateFile {

  /** What a counter holds. */
  static final long COUNT = 7;

  private static final Techniques TECHNIQUES =
      Techniques.of(
          ServiceLoader.load(Technique.class).stream()
              .<Technique<?>>map(ServiceLoader.Provider::get)
              .map(found -> new Techniques.Entry(found, "class path"))
              .toList(),
          "");

  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, Object> meta = new LinkedHashMap<>();
  private final Set<String> turned = new HashSet<>();
  private final Map<String, Float> firsts = new HashMap<>();

  public static StateFile of(String spec, int classes, String project) {
    StateFile file = new StateFile();
    Assembly assembly = Assembly.of(NetworkSpec.parse(spec, TECHNIQUES), classes);
    KeyMap keys =
        Layouts.of(assembly, TECHNIQUES).stream()
            .filter(each -> each.names().equals(project))
            .findFirst()
            .orElseThrow();
    for (Parameter each : assembly.graph().parameters().values()) {
      TensorType type = TensorInfo.of(each).type();
      file.put(keys.byParameter().getOrDefault(each.name(), ""), type, each.shape());
    }
    return file;
  }

  public StateFile put(String name, TensorType type, List<Long> shape) {
    tensors.put(name, new TensorInfo(name, type, shape));
    return this;
  }

  public StateFile put(String name, Long... shape) {
    return put(name, TensorType.F32, List.of(shape));
  }

  /** Sets the first number of a tensor, which may be NaN. */
  public StateFile first(String name, float number) {
    firsts.put(name, number);
    return this;
  }

  /** Reverses the input channels of a weight (O,3,kh,kw), as of a network that takes BGR. */
  public StateFile turned(String name) {
    turned.add(name);
    return this;
  }

  public StateFile without(String ending) {
    tensors.keySet().removeIf(name -> name.endsWith(ending));
    return this;
  }

  /** Gives all weights a type. */
  public StateFile as(TensorType type) {
    tensors.replaceAll((n, t) -> t.type().floating() ? new TensorInfo(n, type, t.shape()) : t);
    return this;
  }

  public StateFile meta(String name, Object value) {
    meta.put(name, value);
    return this;
  }

  public Path savePyTorch(Path path) {
    PyTorchWriter.write(path, meta, List.copyOf(tensors.values()), source());
    return path;
  }

  public Path saveSafetensors(Path path) {
    SafetensorsWriter.write(path, Map.of(), List.copyOf(tensors.values()), source());
    return path;
  }

  /** Numbers that every type holds exactly; those of another name differ. */
  static float value(String name, int index) {
    float number = Math.floorMod(name.hashCode() + 13 * index, 63) / 64f;
    return name.endsWith("running_var") ? number + 0.5f : number - 0.5f;
  }

  private TensorSource source() {
    return (tensor, channel) -> {
      ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < tensor.elements(); i++) {
        float number = value(tensor.name(), turned(tensor, i));
        put(bytes, tensor.type(), i == 0 ? firsts.getOrDefault(tensor.name(), number) : number);
      }
      channel.write(bytes.flip());
    };
  }

  private int turned(TensorInfo tensor, int index) {
    if (!turned.contains(tensor.name())) {
      return index;
    }
    int window = Math.toIntExact(tensor.elements() / tensor.shape().get(0) / 3);
    int colour = index / window % 3;
    return index + (2 - 2 * colour) * window;
  }

  private static void put(ByteBuffer bytes, TensorType type, float value) {
    int bits = Float.floatToIntBits(value);
    switch (type) {
      case F64 -> bytes.putDouble(value);
      case F32 -> bytes.putFloat(value);
      case BF16 -> bytes.putShort((short) (bits >> 16));
      case F16 -> {
        int exponent = (bits >> 23 & 0xff) - 127 + 15;
        int half = value == 0 ? 0 : exponent << 10 | bits >> 13 & 0x3ff;
        bytes.putShort((short) (bits >>> 16 & 0x8000 | half));
      }
      case I32 -> bytes.putInt((int) COUNT);
      case I64 -> bytes.putLong(COUNT);
      case I16, I8, U8, BOOL -> throw new IllegalArgumentException(type + " is not needed");
    }
  }

  /** The numbers that this file gives a tensor. */
  public static float[] values(String name, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(name, i);
    }
    return values;
  }

  /** The weights that a safetensors file has under a name. */
  public static float[] floats(Path file, String name) {
    try (Safetensors opened = Safetensors.open(file)) {
      return opened.floats(opened.tensor(name));
    }
  }

  /** Names and types of a safetensors file's tensors. */
  public static List<TensorInfo> tensors(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      return new ArrayList<>(opened.tensors().values());
    }
  }
}
