package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.LabelCounts;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.BatchStatistics;
import dev.inlay.cli.common.NumberText;
import dev.inlay.data.ClassList;
import dev.inlay.image.ImageHeader;
import dev.inlay.measure.TrainingMemory;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Settings that fit a dataset and a machine, each with its reason. */
final class Planned {

  private static final String SMALL = "resnet18(width=32, stride=16) | auxiliary | ppm | fcn";
  private static final String LARGE = "resnet50(stride=8) | auxiliary | ppm | fcn";
  private static final int MOST_BATCH = 16;
  private static final int LEAST_BATCH = 2;

  /** nnU-Net's bound: a step sees at most this share of all pixels. */
  private static final double MOST_OF_DATA = 0.05;

  private static final double RARE = 0.01;
  private static final double COMMON = 0.5;
  private static final double CAP = 0.75;
  private static final int EPOCHS = 60;
  private static final int LEAST_ITERATIONS = 500;
  private static final int MOST_ITERATIONS = 40_000;

  /**
   * A setting.
   *
   * @param option of {@code inlay train}
   */
  record Choice(Object value, String reason) {}

  private final Map<String, Choice> choices = new LinkedHashMap<>();

  private Planned() {}

  /**
   * Plans a training.
   *
   * @param headers the sizes of some images
   * @param images the number of images to train on
   * @param counts the classes' pixels in the training split
   * @param memory the bytes that a training may take
   * @param gpu whether it runs on one
   */
  static Planned of(
      Techniques techniques,
      ClassList classes,
      List<ImageHeader> headers,
      int images,
      LabelCounts counts,
      long memory,
      boolean gpu) {
    Planned plan = new Planned();
    String network = gpu ? LARGE : SMALL;
    plan.put(
        "--network",
        network,
        gpu
            ? "a GPU: a deep network at an eighth of the size"
            : "no GPU: a small network at a sixteenth of the size, which trains in minutes to hours");
    int width = median(headers, ImageHeader::width);
    int height = median(headers, ImageHeader::height);
    Crop crop = Crop.of(width, height);
    plan.put(
        "--crop",
        crop.toString(),
        "two thirds of the median image, %dx%d, at most 512".formatted(height, width));
    Assembly assembly = Assembly.of(NetworkSpec.parse(network, techniques), classes.size());
    int batch = plan.batch(assembly, crop, images, (long) width * height, memory);
    plan.loss(classes, counts);
    int iterations = Math.max(LEAST_ITERATIONS, Math.min(MOST_ITERATIONS, EPOCHS * images / batch));
    plan.put(
        "--iterations",
        iterations,
        "%d passes over %,d images, but %,d to %,d iterations"
            .formatted(EPOCHS, images, LEAST_ITERATIONS, MOST_ITERATIONS));
    plan.put("--evaluate-every", Math.max(1, iterations / 10), "ten scorings");
    plan.put("--save-every", 200, "little is lost when the machine goes down");
    plan.put("--rate", 0.05 * batch / 8, "0.05 for a batch of 8, in proportion to the batch");
    plan.put("--optimizer", "sgd(momentum=0.9, decay=0.0005)", "from scratch, as mmsegmentation");
    plan.put("--schedule", "poly(power=0.9)", "the common schedule of segmentation");
    return plan;
  }

  private void put(String option, Object value, String reason) {
    choices.put(option, new Choice(value, reason));
  }

  private int batch(Assembly assembly, Crop crop, int images, long pixels, long memory) {
    TrainingMemory needs = new TrainingMemory(assembly);
    int most = MOST_BATCH;
    String bound = "as many as %d".formatted(MOST_BATCH);
    while (most > LEAST_BATCH && needs.bytes(most, crop.height(), crop.width()) > memory) {
      most--;
      bound = "the most that fits into %s".formatted(MemorySize.text(memory));
    }
    long least = needs.bytes(LEAST_BATCH, crop.height(), crop.width());
    Check.that(
        least <= memory,
        "A training with crops of %s needs about %s even with a batch of %d, but may take %s. Allow it more with --memory, or make the images smaller.",
        crop,
        MemorySize.text(least),
        LEAST_BATCH,
        MemorySize.text(memory));
    long share = (long) (MOST_OF_DATA * images * pixels / ((long) crop.height() * crop.width()));
    if (share < most) {
      most = (int) Math.max(LEAST_BATCH, share);
      bound = "at most 5 % of the pixels of all images in a step, at least 2";
    }
    BatchStatistics.require(assembly, most, crop.height(), crop.width());
    put(
        "--batch",
        most,
        "%s; a training needs about %s"
            .formatted(bound, MemorySize.text(needs.bytes(most, crop.height(), crop.width()))));
    return most;
  }

  private void loss(ClassList classes, LabelCounts counts) {
    int rarest = -1;
    int largest = 0;
    for (int id = 0; id < classes.size(); id++) {
      double share = counts.share(id);
      if (share > 0 && (rarest < 0 || share < counts.share(rarest))) {
        rarest = id;
      }
      largest = share > counts.share(largest) ? id : largest;
    }
    boolean rare = rarest >= 0 && counts.share(rarest) < RARE;
    put(
        "--loss",
        rare ? "cross-entropy(balance=enet)" : "cross-entropy",
        rarest < 0
            ? "no class occurs"
            : "'%s' has %s of the pixels, the fewest%s"
                .formatted(
                    classes.name(rarest),
                    NumberText.percent(counts.share(rarest)),
                    rare ? ": rare classes count more" : ""));
    if (counts.share(largest) > COMMON) {
      put(
          "--largest-share",
          CAP,
          "'%s' has %s of the pixels: crops of it alone teach little"
              .formatted(classes.name(largest), NumberText.percent(counts.share(largest))));
    }
  }

  private static int median(List<ImageHeader> headers, ToIntFunction<ImageHeader> side) {
    int[] sorted = headers.stream().mapToInt(side).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The choices by option. */
  Map<String, Choice> choices() {
    return choices;
  }
}
