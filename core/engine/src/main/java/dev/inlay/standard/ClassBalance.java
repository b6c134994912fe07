package dev.inlay.standard;

import dev.inlay.Check;
import dev.inlay.LabelCounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How weights of classes are computed from the labels of the training split. */
public enum ClassBalance {
  /** All weights are 1. */
  NONE,

  /** 1 / ln(1.02 + share of the pixels). Paszke et al., ENet, 2016, section 5. */
  ENET,

  /**
   * The median of the frequencies by the class's frequency: its share of the pixels of the images
   * in which it occurs. Eigen and Fergus, ICCV 2015, section 4.3.2, as SegNet uses it.
   */
  MEDIAN_FREQUENCY,

  /**
   * The inverse of the effective number (1 - beta^n) / (1 - beta) of n pixels, scaled to a mean of
   * 1 over the classes that occur. Cui et al., CVPR 2019, eq. 3 and section 4.
   */
  EFFECTIVE_NUMBER;

  /** What is added to a share in ENet's weights; it bounds them by 50.5. */
  private static final double ENET_OFFSET = 1.02;

  /** Weights are rounded to so many digits, which a spec shows. */
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * The weights of all classes. A class that does not occur has the weight 1, except for {@link
   * #ENET}, which is defined for it.
   *
   * @param beta of the effective number, below 1
   */
  List<Double> weights(LabelCounts labels, double beta) {
    Check.that(
        labels.total() > 0,
        "Weights of classes are computed from the training labels, but all their pixels are"
            + " ignored.");
    IntToDoubleFunction weight =
        switch (this) {
          case NONE -> label -> 1;
          case ENET -> label -> 1 / Math.log(ENET_OFFSET + labels.share(label));
          case MEDIAN_FREQUENCY -> medianFrequency(labels);
          case EFFECTIVE_NUMBER -> effectiveNumber(labels, beta);
        };
    return IntStream.range(0, labels.classes())
        .mapToObj(label -> rounded(weight.applyAsDouble(label)))
        .toList();
  }

  private static IntToDoubleFunction medianFrequency(LabelCounts labels) {
    double[] sorted = present(labels).mapToDouble(k -> frequency(labels, k)).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return label -> occurs(labels, label) ? median / frequency(labels, label) : 1;
  }

  private static double frequency(LabelCounts labels, int label) {
    return (double) labels.pixels().get(label) / labels.shown().get(label);
  }

  private static IntToDoubleFunction effectiveNumber(LabelCounts labels, double beta) {
    IntToDoubleFunction inverse =
        label -> (1 - beta) / -Math.expm1(labels.pixels().get(label) * Math.log(beta));
    double mean = present(labels).mapToDouble(inverse).average().orElseThrow();
    return label -> occurs(labels, label) ? inverse.applyAsDouble(label) / mean : 1;
  }

  private static IntStream present(LabelCounts labels) {
    return IntStream.range(0, labels.classes()).filter(label -> occurs(labels, label));
  }

  private static boolean occurs(LabelCounts labels, int label) {
    return labels.pixels().get(label) > 0;
  }

  private static double rounded(double weight) {
    return new BigDecimal(weight).round(DIGITS).doubleValue();
  }
}
