package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.inlay.compile.torch.LookSource;
import java.util.List;

/** Looks at values in the engine's memory; only a few numbers of each are copied to Java's. */
final class ValueLook implements AutoCloseable {

  private final Script script;

  ValueLook(NDManager manager) {
    script = new Script(manager, LookSource.statistics());
  }

  /** The statistics of an array, which must have elements. */
  ValueStatistics statistics(NDManager manager, NDArray array) {
    double[] counts = numbers(manager, LookSource.COUNTS, array);
    long count = array.size();
    long other = (long) (counts[1] + counts[2]);
    double[] moments = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    if (other < count) {
      String method = other == 0 ? LookSource.MOMENTS : LookSource.FINITE_MOMENTS;
      moments = numbers(manager, method, array);
    }
    return new ValueStatistics(
        count,
        moments[0],
        moments[1],
        moments[2],
        moments[3],
        (long) counts[0],
        (long) counts[1],
        (long) counts[2]);
  }

  private double[] numbers(NDManager manager, String method, NDArray array) {
    try (NDManager look = manager.newSubManager()) {
      NDArray found =
          script.call(look, method, false, Script.list("x", List.of(array))).singletonOrThrow();
      return found.toDoubleArray();
    }
  }

  @Override
  public void close() {
    script.close();
  }
}
