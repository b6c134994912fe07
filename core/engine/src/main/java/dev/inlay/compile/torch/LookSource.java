package dev.inlay.compile.torch;

import java.util.List;

/**
 * Methods that look at a value in the engine's memory; each takes a list {@code x} of one value.
 */
public final class LookSource {

  /** Counts of a value's elements: zeros, NaNs, infinities. */
  public static final String COUNTS = "counts";

  /** Mean, standard deviation, least and largest of a value. */
  public static final String MOMENTS = "moments";

  /** {@link #MOMENTS} of the finite elements alone, of which there must be some. */
  public static final String FINITE_MOMENTS = "finite_moments";

  private static final List<String> ARGUMENTS = List.of("x: List[Tensor]");

  private LookSource() {}

  /** The methods for statistics, each with a vector of float64 as its result. */
  public static String statistics() {
    String floats = "v = torch.to(x[0], 6)";
    return method(
            COUNTS,
            List.of(
                floats,
                "z = torch.sum(torch.eq(v, 0))",
                "n = torch.sum(torch.ne(v, v))",
                "i = torch.sum(torch.eq(torch.abs(v), float(\"inf\")))",
                vector("z, n, i")))
        + method(MOMENTS, List.of(floats, moments(), vector("m, s, a, b")))
        + method(
            FINITE_MOMENTS,
            List.of(
                "u = torch.to(x[0], 6)",
                "v = torch.masked_select(u, torch.isfinite(u))",
                moments(),
                vector("m, s, a, b")));
  }

  private static String moments() {
    return "m, s, a, b = torch.mean(v), torch.std(v, False), torch.min(v), torch.max(v)";
  }

  private static String vector(String values) {
    return "return [torch.to(torch.stack([" + values + "]), 7)]";
  }

  /**
   * A method for some channels of the first of a batch of maps (B,C,H,W), averaged to a size.
   *
   * @param step every which channel is wanted
   */
  public static String maps(String name, int step, long height, long width) {
    return method(
        name,
        List.of(
            "f = torch.to(torch.slice(x[0], 0, 0, 1, 1), 6)",
            "c = torch.slice(f, 1, 0, 9223372036854775807, %d)".formatted(step),
            "return [torch.adaptive_avg_pool2d(c, [%d, %d])]".formatted(height, width)));
  }

  private static String method(String name, List<String> lines) {
    return Source.method(name, ARGUMENTS, "List[Tensor]", lines);
  }
}
