package dev.inlay.pickle;

import dev.inlay.weights.TensorType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PyTorch's storage classes and the types of their numbers. */
public enum StorageType {
  DOUBLE("DoubleStorage", TensorType.F64, "float64", "double"),
  FLOAT("FloatStorage", TensorType.F32, "float32", "float"),
  HALF("HalfStorage", TensorType.F16, "float16", "half"),
  BFLOAT16("BFloat16Storage", TensorType.BF16, "bfloat16"),
  LONG("LongStorage", TensorType.I64, "int64", "long"),
  INT("IntStorage", TensorType.I32, "int32", "int"),
  SHORT("ShortStorage", TensorType.I16, "int16", "short"),
  CHAR("CharStorage", TensorType.I8, "int8"),
  BYTE("ByteStorage", TensorType.U8, "uint8"),
  BOOL("BoolStorage", TensorType.BOOL, "bool"),
  UNTYPED("UntypedStorage", 1),
  COMPLEX_FLOAT("ComplexFloatStorage", 8),
  COMPLEX_DOUBLE("ComplexDoubleStorage", 16),
  QUANTISED_BYTE("QUInt8Storage", 1),
  QUANTISED_CHAR("QInt8Storage", 1),
  QUANTISED_INT("QInt32Storage", 4),
  QUANTISED_PAIRS("QUInt4x2Storage", 1),
  QUANTISED_QUADRUPLES("QUInt2x4Storage", 1);

  private static final List<String> MODULES =
      List.of("torch.", "torch.cuda.", "torch.storage.", "torch.storage._", "torch._");

  private final String className;
  private final int bytes;
  private final @Nullable TensorType numbers;
  private final List<String> dtypes;

  StorageType(String className, TensorType numbers, String... dtypes) {
    this.className = className;
    this.bytes = numbers.bytes();
    this.numbers = numbers;
    this.dtypes = List.of(dtypes);
  }

  StorageType(String className, int bytes) {
    this.className = className;
    this.bytes = bytes;
    this.numbers = null;
    this.dtypes = List.of();
  }

  /** The bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** The type of the numbers, or null if Inlay has no equivalent. */
  public @Nullable TensorType numbers() {
    return numbers;
  }

  /** The name of PyTorch's class, for messages. */
  public String className() {
    return "torch." + className;
  }

  /** The type of a storage class by its full name, or null. */
  static @Nullable StorageType ofClass(String name) {
    return Arrays.stream(values())
        .filter(type -> name.endsWith(type.className))
        .filter(
            type -> MODULES.contains(name.substring(0, name.length() - type.className.length())))
        .findFirst()
        .orElse(null);
  }

  /** The type of a dtype by its full name, such as {@code torch.float32}, or null. */
  static @Nullable StorageType ofDtype(String name) {
    return Arrays.stream(values())
        .filter(type -> type.dtypes.stream().anyMatch(dtype -> name.equals("torch." + dtype)))
        .findFirst()
        .orElse(null);
  }
}
