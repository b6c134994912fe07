package dev.inlay.torch;

import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Random values for tests. */
final class Values {

  private Values() {}

  static HostArray uniform(SplittableRandom random, double least, double most, long... shape) {
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (least + random.nextDouble() * (most - least));
    }
    return new HostArray(shape, values);
  }

  /** Values for all parameters; positive variances make no normalisation an identity. */
  static Map<String, HostArray> of(Graph graph, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, HostArray> values = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters().values()) {
      long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
      boolean positive = parameter.name().endsWith("running_var");
      values.put(
          parameter.name(), uniform(random, positive ? 0.5 : -0.5, positive ? 2 : 0.5, shape));
    }
    return values;
  }

  /** Sizes of a tensor as an array, for fixed sizes. */
  static long[] shape(Tensor tensor) {
    return tensor.shape().stream().mapToLong(size -> size.value()).toArray();
  }
}
