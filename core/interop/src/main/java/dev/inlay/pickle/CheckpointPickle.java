package dev.inlay.pickle;

import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the pickle of a checkpoint: its metadata and the description of each tensor. */
public final class CheckpointPickle {

  private CheckpointPickle() {}

  /**
   * The pickle of {@code {'meta': …, 'state_dict': …}}. The storage of each tensor is named by the
   * tensor's index in the list.
   */
  public static byte[] pickle(Map<String, ?> meta, List<TensorInfo> tensors) {
    Pickle pickle = new Pickle().emptyDict().mark().text("meta").plain(meta).text("state_dict");
    orderedDict(pickle).mark();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tensors.size(); i++) {
      TensorInfo tensor = tensors.get(i);
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "Two tensors have the name '%s'.".formatted(tensor.name()));
      }
      pickle.text(tensor.name());
      tensor(pickle, tensor, Integer.toString(i));
    }
    return pickle.setItems().setItems().end();
  }

  /** Describes a contiguous tensor with a storage of its own, as PyTorch does. */
  private static void tensor(Pickle pickle, TensorInfo tensor, String storage) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").global("torch", storageClass(tensor.type()));
    pickle.text(storage).text("cpu").integer(tensor.elements()).tuple().persistent();
    boolean requiresGradient = false;
    pickle.integer(0).tuple(tensor.shape()).tuple(strides(tensor.shape())).bool(requiresGradient);
    orderedDict(pickle); // hooks: none
    pickle.tuple().call();
  }

  private static Pickle orderedDict(Pickle pickle) {
    return pickle.global("collections", "OrderedDict").tuple(List.of()).call();
  }

  /** The strides of a contiguous tensor, in numbers; a dimension of size 0 counts as size 1. */
  static List<Long> strides(List<Long> shape) {
    List<Long> strides = new ArrayList<>(shape);
    long step = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.set(i, step);
      step *= Math.max(1, shape.get(i));
    }
    return strides;
  }

  private static String storageClass(TensorType type) {
    return switch (type) {
      case F64 -> "DoubleStorage";
      case F32 -> "FloatStorage";
      case F16 -> "HalfStorage";
      case BF16 -> "BFloat16Storage";
      case I64 -> "LongStorage";
      case I32 -> "IntStorage";
      case I16 -> "ShortStorage";
      case I8 -> "CharStorage";
      case U8 -> "ByteStorage";
      case BOOL -> "BoolStorage";
    };
  }
}
