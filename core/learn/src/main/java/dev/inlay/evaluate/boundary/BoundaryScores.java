package dev.inlay.evaluate.boundary;

import dev.inlay.image.LabelMap;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of boundaries by class, added up image by image.
 *
 * <p>The boundary F1 of an image and a class is the harmonic mean of two shares: of the predicted
 * boundary's pixels within a tolerance of the true boundary, and of the true boundary's pixels
 * within it of the predicted one. A class's F1 is the mean over the images where it has a boundary
 * in the labels or in the prediction; where both are empty, the image is left out. Perazzi et al.,
 * CVPR 2016, section 4; Csurka et al., What is a good evaluation measure for semantic
 * segmentation?, BMVC 2013, section 3.
 *
 * <p>The boundary IoU is the IoU of the parts of a class within 0.02 of the diagonal of its
 * contour, over all images. Cheng et al., Boundary IoU: Improving Object-Centric Image Segmentation
 * Evaluation, CVPR 2021, section 4.
 *
 * <p>Ignored pixels count as neither side of a boundary.
 */
public final class BoundaryScores {

  /** The tolerances of the F1: DAVIS's first, then some pixels. */
  public static final List<Tolerance> TOLERANCES =
      List.of(
          Tolerance.DAVIS,
          Tolerance.of(1),
          Tolerance.of(3),
          Tolerance.of(5),
          Tolerance.of(9),
          Tolerance.of(12));

  /** The width of the band of the boundary IoU, as a share of the diagonal. */
  public static final double BAND = 0.02;

  private final int classes;
  private final int ignore;
  private final double[][] sums;
  private final int[] images;
  private final long[] intersection;
  private final long[] union;
  private int least = Integer.MAX_VALUE;
  private int most;

  /** No images yet. */
  public BoundaryScores(int classes, int ignore) {
    this.classes = classes;
    this.ignore = ignore;
    sums = new double[TOLERANCES.size()][classes];
    images = new int[classes];
    intersection = new long[classes];
    union = new long[classes];
  }

  /** Adds an image. */
  public void add(LabelMap truth, LabelMap prediction) {
    boolean[] ignored = new boolean[truth.ids().length];
    boolean[] occurs = new boolean[classes];
    for (int i = 0; i < ignored.length; i++) {
      int id = truth.ids()[i] & 255;
      ignored[i] = id == ignore;
      if (!ignored[i]) {
        occurs[id] = true;
        occurs[prediction.ids()[i] & 255] = true;
      }
    }
    int davis = Tolerance.DAVIS.at(truth.width(), truth.height());
    least = Math.min(least, davis);
    most = Math.max(most, davis);
    for (int id = 0; id < classes; id++) {
      if (occurs[id]) {
        Regions expected = Regions.of(truth, id, ignored);
        Regions found = Regions.of(prediction, id, ignored);
        addF1(id, expected, found);
        addBands(id, expected, found);
      }
    }
  }

  private void addF1(int id, Regions expected, Regions found) {
    boolean[] wanted = expected.boundary();
    boolean[] drawn = found.boundary();
    int wantedCount = count(wanted);
    int drawnCount = count(drawn);
    if (wantedCount == 0 && drawnCount == 0) {
      return;
    }
    images[id]++;
    if (wantedCount == 0 || drawnCount == 0) {
      return; // Nothing of one is near the other: the F1 is 0 at every tolerance.
    }
    int[] toWanted = DistanceMap.squared(wanted, expected.width(), expected.height());
    int[] toDrawn = DistanceMap.squared(drawn, expected.width(), expected.height());
    for (int t = 0; t < TOLERANCES.size(); t++) {
      int pixels = TOLERANCES.get(t).at(expected.width(), expected.height());
      double precision = near(drawn, toWanted, pixels) / (double) drawnCount;
      double recall = near(wanted, toDrawn, pixels) / (double) wantedCount;
      double both = precision + recall;
      sums[t][id] += both == 0 ? 0 : 2 * precision * recall / both;
    }
  }

  private static int near(boolean[] boundary, int[] squared, int pixels) {
    int near = 0;
    for (int i = 0; i < boundary.length; i++) {
      near += boundary[i] && squared[i] <= pixels * pixels ? 1 : 0;
    }
    return near;
  }

  private static int count(boolean[] marked) {
    int count = 0;
    for (boolean each : marked) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private void addBands(int id, Regions expected, Regions found) {
    double diagonal = Math.hypot(expected.width(), expected.height());
    int distance = Math.max(1, (int) Math.round(BAND * diagonal));
    boolean[] wanted = expected.band(distance);
    boolean[] drawn = found.band(distance);
    for (int i = 0; i < wanted.length; i++) {
      intersection[id] += wanted[i] && drawn[i] ? 1 : 0;
      union[id] += wanted[i] || drawn[i] ? 1 : 0;
    }
  }

  /**
   * The boundary F1 of a class; NaN if it never has a boundary.
   *
   * @param tolerance the place in {@link #TOLERANCES}
   */
  public double f1(int tolerance, int id) {
    return images[id] == 0 ? Double.NaN : sums[tolerance][id] / images[id];
  }

  /** The boundary IoU of a class; NaN if it never occurs. */
  public double iou(int id) {
    return union[id] == 0 ? Double.NaN : (double) intersection[id] / union[id];
  }

  /** The mean F1 over the classes that have one. */
  public double meanF1(int tolerance) {
    double[] all = new double[classes];
    Arrays.setAll(all, id -> f1(tolerance, id));
    return mean(all);
  }

  /** The mean boundary IoU over the classes that occur. */
  public double meanIou() {
    double[] all = new double[classes];
    Arrays.setAll(all, this::iou);
    return mean(all);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
  }

  /** A tolerance in words, with its pixels in the images so far. */
  public String words(int tolerance) {
    Tolerance which = TOLERANCES.get(tolerance);
    if (which.share() == 0 || images() == 0) {
      return which.toString();
    }
    return least == most
        ? "%s, %d pixels".formatted(which, least)
        : "%s, %d to %d pixels".formatted(which, least, most);
  }

  private int images() {
    return Arrays.stream(images).sum();
  }
}
