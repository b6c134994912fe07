package dev.inlay.plugins.adamw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Optimizer;
import dev.inlay.fixtures.OptimizerContract;
import dev.inlay.fixtures.OptimizerSteps;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AdamWTest implements OptimizerContract<AdamW.Options> {

  @Override
  public Optimizer<AdamW.Options> technique() {
    return new AdamW();
  }

  @Override
  public List<String> samples() {
    return List.of("", "decay=0", "beta1=0, beta2=0.5, decay=0.1, epsilon=1e-3");
  }

  @Override
  public List<String> refused() {
    return List.of("beta1=1", "beta2=-0.1", "decay=-1", "epsilon=0");
  }

  /** torch.optim.AdamW, computed in double precision over 300 steps of a falling rate. */
  private static void assertIsPyTorchs(
      String options, double beta1, double beta2, double decay, double epsilon) {
    SplittableRandom random = new SplittableRandom(5);
    int size = 40;
    float[] begun = new float[size];
    double[] w = new double[size];
    double[] m = new double[size];
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      begun[i] = (float) random.nextDouble(-1, 1);
      w[i] = begun[i];
    }
    OptimizerSteps steps = OptimizerSteps.of(new AdamW(), options, begun);
    for (int t = 1; t <= 300; t++) {
      float rate = 0.01f * (1 - t / 400f);
      float[] gradient = new float[size];
      for (int i = 0; i < size; i++) {
        gradient[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, i % 5 - 3));
        m[i] += (gradient[i] - m[i]) * (1 - beta1);
        v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] * gradient[i];
        double stepSize = rate / (1 - Math.pow(beta1, t));
        double denominator = Math.sqrt(v[i]) / Math.sqrt(1 - Math.pow(beta2, t)) + epsilon;
        w[i] = w[i] * (1 - rate * decay) - stepSize * m[i] / denominator;
      }
      float[] next = steps.step(gradient, rate);
      for (int i = 0; i < size; i++) {
        assertThat((double) next[i])
            .as("weight %d after step %d", i, t)
            .isCloseTo(w[i], within(t < 4 ? 2e-7 : 2e-6));
      }
    }
  }

  @Test
  void isPyTorchs() {
    assertIsPyTorchs("", 0.9, 0.999, 0.01, 1e-8);
    assertIsPyTorchs("beta1=0.8, beta2=0.95, decay=0.5, epsilon=1e-4", 0.8, 0.95, 0.5, 1e-4);
  }
}
