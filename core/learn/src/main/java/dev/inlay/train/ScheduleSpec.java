package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.spec.NamedRecords;
import java.util.List;

/**
 * How the learning rate changes over a training of any length: {@code poly(power=0.9, end=1e-4)}.
 *
 * <p>Below, r is the base rate, t the iteration, counted from 0, and T the number of iterations.
 */
public sealed interface ScheduleSpec {

  /** The default schedule. */
  String DEFAULT = "poly";

  /** All schedules by their names. */
  NamedRecords<ScheduleSpec> ALL =
      new NamedRecords<>(
          "schedule",
          "Schedules",
          ScheduleSpec.class,
          List.of(Poly.class, Cosine.class, Step.class, OneCycle.class, Constant.class));

  /**
   * Reads a schedule.
   *
   * @throws dev.inlay.InlayException if there is none of that name, or an option is wrong
   */
  static ScheduleSpec parse(String text) {
    return ALL.parse(text);
  }

  /**
   * The learning rate of an iteration.
   *
   * @param rate the base rate
   * @param iterations the number of iterations, after which the rate stays
   */
  double at(long iteration, long iterations, double rate);

  /** The rate at which it ends, where that is an option; 0 without one. */
  default double end() {
    return 0;
  }

  /**
   * The schedule of one training.
   *
   * @throws dev.inlay.InlayException if the rate is not above 0, or below the rate at the end
   */
  default Schedule schedule(double rate, long iterations) {
    return new Schedule.Shaped(this, rate, iterations);
  }

  /** The schedule in its shortest form. */
  default String text() {
    return ALL.text(this);
  }

  /**
   * The poly schedule, end + (r - end) (1 - t / n)^power. Chen et al., DeepLab, TPAMI 2018, section
   * 4.1. n is T in torchvision and PaddleSeg, so that the last iteration has a rate above the end,
   * and T - 1 in mmengine's {@code PolyLR}, so that it has the rate at the end.
   */
  @Named(value = "poly", says = "Falls with a power of the iterations that are left.")
  record Poly(
      @Option(value = "the power; 1 falls linearly", is = "0.9", least = 0) double power,
      @Option(value = "the learning rate at the end", is = "0", least = 0) double end,
      @Option(
              value =
                  "whose count: torchvision reaches the end after the last iteration, mmengine in it",
              is = "torchvision")
          Form form)
      implements ScheduleSpec {

    /** Whose definition holds. */
    public enum Form {
      TORCHVISION,
      MMENGINE
    }

    @Override
    public double at(long iteration, long iterations, double rate) {
      long last = form == Form.MMENGINE ? Math.max(1, iterations - 1) : iterations;
      return end + (rate - end) * Math.pow(Math.max(0, 1 - (double) iteration / last), power);
    }
  }

  /**
   * Half a cosine, end + (r - end) (1 + cos(pi t / T)) / 2. Loshchilov and Hutter, ICLR 2017, eq.
   * 5, without restarts; PyTorch's {@code CosineAnnealingLR}.
   */
  @Named(value = "cosine", says = "Falls along half a cosine.")
  record Cosine(@Option(value = "the learning rate at the end", is = "0", least = 0) double end)
      implements ScheduleSpec {

    @Override
    public double at(long iteration, long iterations, double rate) {
      double share = Math.min(1, (double) iteration / iterations);
      return end + (rate - end) * (1 + Math.cos(Math.PI * share)) / 2;
    }
  }

  /** Steps, r factor^(number of the shares that t / T has reached); {@code MultiStepLR}. */
  @Named(value = "step", says = "Falls by a factor at some shares of the training.")
  record Step(
      @Option(
              value = "the shares of the training after which the rate falls",
              is = "[0.667, 0.889]",
              above = 0,
              below = 1)
          List<Double> at,
      @Option(value = "the factor of each fall", is = "0.1", above = 0, most = 1) double factor)
      implements ScheduleSpec {

    public Step {
      at = List.copyOf(at);
      for (int i = 1; i < at.size(); i++) {
        Check.that(
            at.get(i) > at.get(i - 1), "at is %s; each share must be above the one before.", at);
      }
    }

    @Override
    public double at(long iteration, long iterations, double rate) {
      double done = (double) iteration / iterations;
      return rate * Math.pow(factor, at.stream().filter(share -> share <= done).count());
    }
  }

  /**
   * One cycle: rises from r / from to r along half a cosine, then falls to r / from / to. Smith and
   * Topin, 2018; PyTorch's {@code OneCycleLR}, in which the rise ends at iteration rise T - 1 and
   * the fall at T - 1.
   */
  @Named(value = "one-cycle", says = "Rises to the rate, then falls far below its beginning.")
  record OneCycle(
      @Option(value = "the share of the training that rises", is = "0.3", above = 0, below = 1)
          double rise,
      @Option(value = "the base rate by the first one", is = "25", least = 1) double from,
      @Option(value = "the first rate by the last one", is = "10000", least = 1) double to)
      implements ScheduleSpec {

    @Override
    public double at(long iteration, long iterations, double rate) {
      double top = Math.max(0, rise * iterations - 1);
      double last = Math.max(top, iterations - 1.0);
      double begin = rate / from;
      if (iteration <= top && top > 0) {
        return along(begin, rate, iteration / top);
      }
      return along(
          rate, begin / to, last > top ? Math.min(1, (iteration - top) / (last - top)) : 1);
    }

    private static double along(double from, double to, double share) {
      return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
  }

  /** The base rate throughout. */
  @Named(value = "constant", says = "Stays as it is.")
  record Constant() implements ScheduleSpec {

    @Override
    public double at(long iteration, long iterations, double rate) {
      return rate;
    }
  }
}
