package dev.inlay.cli.score;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.predict.ClassScores;
import dev.inlay.predict.ScaledAndFlipped;
import dev.inlay.predict.SegmentationModel;
import dev.inlay.predict.Sliding;
import dev.inlay.predict.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how an image is predicted: whole, by windows, at several scales. */
final class PredictionMode {

  private static final String WHOLE = "whole";
  private static final String SLIDE = "slide";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})x(\\d{1,6})");

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "whole predicts each image at once; slide predicts windows and averages their logits where"
              + " they overlap, as mmsegmentation does; default: ${DEFAULT-VALUE}.")
  private String mode = WHOLE;

  @Option(
      names = "--window",
      paramLabel = "HxW",
      description = "Size of the windows of --mode slide in pixels, height first, as in 512x512.")
  private @Nullable String window;

  @Option(
      names = "--stride",
      paramLabel = "HxW",
      description =
          "Rows and columns between two windows, at most the window's; default: two thirds of the"
              + " window.")
  private @Nullable String stride;

  @Option(
      names = "--scales",
      paramLabel = "S",
      split = ",",
      description =
          "Averages the probabilities over images scaled by these factors, as in"
              + " 0.5,0.75,1,1.25,1.5,1.75; default: 1.")
  private List<Double> scales = List.of();

  @Option(
      names = "--flip",
      description = "Averages the probabilities over the image and its mirror image, too.")
  private boolean flip;

  /** Checks the options, and that none is without effect. */
  void check() {
    Check.oneOf("--mode", mode, WHOLE, SLIDE);
    boolean slides = mode.equals(SLIDE);
    Check.that(
        slides || window == null && stride == null,
        "--window and --stride are for --mode slide. Add it, or leave them out.");
    Check.that(
        !slides || window != null,
        "--mode slide needs the size of its windows. Add --window HxW, such as the crop that the model was trained on.");
    if (slides) {
      windows();
    }
    if (isVaried()) {
      new ScaledAndFlipped(image -> new float[0], factors(), flip);
    }
  }

  private boolean isVaried() {
    return flip || !scales.isEmpty();
  }

  private List<Double> factors() {
    return scales.isEmpty() ? List.of(1.0) : scales;
  }

  /** Whether each image is predicted once and at once. */
  boolean isPlain() {
    return mode.equals(WHOLE) && !isVaried();
  }

  private Windows windows() {
    int[] size = size("--window", String.valueOf(window));
    int[] step =
        stride == null
            ? new int[] {Math.max(1, size[0] * 2 / 3), Math.max(1, size[1] * 2 / 3)}
            : size("--stride", stride);
    return new Windows(size[0], size[1], step[0], step[1]);
  }

  private static int[] size(String option, String text) {
    Matcher sides = SIZE.matcher(text.strip());
    if (!sides.matches()) {
      throw new InlayException(
          "%s is '%s'; it must be HxW, height and width in pixels, as in 512x512."
              .formatted(option, text));
    }
    return new int[] {Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2))};
  }

  /** How a model predicts an image. */
  Function<RgbImage, LabelMap> of(SegmentationModel model) {
    if (isPlain()) {
      return model::predict;
    }
    ClassScores scores = ClassScores.whole(model);
    if (mode.equals(SLIDE)) {
      scores = new Sliding(scores, windows());
    }
    if (isVaried()) {
      scores = new ScaledAndFlipped(scores, factors(), flip);
    }
    return scores::labels;
  }

  /** The mode in words. */
  String words() {
    List<String> words = new ArrayList<>();
    if (mode.equals(SLIDE)) {
      Windows windows = windows();
      words.add(
          "windows of %dx%d every %dx%d"
              .formatted(
                  windows.height(), windows.width(), windows.strideDown(), windows.strideRight()));
    } else {
      words.add("each image whole");
    }
    if (!scales.isEmpty()) {
      words.add("scales " + String.join(", ", scales.stream().map(String::valueOf).toList()));
    }
    if (flip) {
      words.add("mirrored, too");
    }
    return String.join(", ", words);
  }
}
