package dev.inlay.compile.torch;

import java.util.List;

/** Methods on lists of tensors {@code x} and {@code y} of the same shapes; all change {@code x}. */
public final class ListSource {

  /** The Euclidean norm of all elements of {@code x} together; {@code x} does not change. */
  public static final String NORM = "norm";

  /** {@code x = x f}. */
  public static final String SCALE = "scale";

  /** {@code x = x + y}. */
  public static final String ADD = "add";

  /** {@code x = x + f (y - x)}. */
  public static final String APPROACH = "approach";

  /** {@code x = y}. */
  public static final String COPY = "copy";

  private static final String X = "x: List[Tensor]";
  private static final String Y = "y: List[Tensor]";
  private static final String FACTOR = "f: List[Tensor]";
  private static final String NUMBER = "torch.FloatImplicit(f[0])";

  private ListSource() {}

  /** All methods. */
  public static String methods() {
    return method(
            NORM,
            List.of(X),
            "return [torch.linalg_vector_norm(torch.stack(torch._foreach_norm(x, 2)))]")
        + inPlace(SCALE, List.of(X, FACTOR), "torch._foreach_mul_(x, " + NUMBER + ")")
        + inPlace(ADD, List.of(X, Y), "torch._foreach_add_(x, y)")
        + inPlace(APPROACH, List.of(X, Y, FACTOR), "torch._foreach_lerp_(x, y, " + NUMBER + ")")
        + inPlace(COPY, List.of(X, Y), "torch._foreach_copy_(x, y)");
  }

  private static String inPlace(String name, List<String> arguments, String line) {
    return method(name, arguments, line, "return annotate(List[Tensor], [])");
  }

  private static String method(String name, List<String> arguments, String... lines) {
    return Source.method(name, arguments, "List[Tensor]", List.of(lines));
  }
}
