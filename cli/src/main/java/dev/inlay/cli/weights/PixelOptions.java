package dev.inlay.cli.weights;

import dev.inlay.InlayException;
import dev.inlay.reference.GivenPixels;
import dev.inlay.reference.PixelConvention.ColourOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which images a network was trained on. */
final class PixelOptions {

  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      description =
          "Mean of red, green and blue by which images are normalised, from 0 to 255 or from 0 to 1;"
              + " default: what the configuration says, else ImageNet's.")
  private @Nullable String mean;

  @Option(
      names = "--std",
      paramLabel = "R,G,B",
      description =
          "Standard deviation of red, green and blue, on the same scale; default: what the"
              + " configuration says, else ImageNet's.")
  private @Nullable String std;

  @Option(
      names = "--channels",
      paramLabel = "ORDER",
      description =
          "Order of the colours that the network was trained on: rgb or bgr; default: what the"
              + " configuration says, else rgb. Of bgr, the first convolution is turned to rgb.")
  private @Nullable String channels;

  GivenPixels given() {
    return GivenPixels.of(numbers("--mean", mean), numbers("--std", std), order());
  }

  private @Nullable ColourOrder order() {
    if (channels == null) {
      return null;
    }
    return switch (channels.toLowerCase(Locale.ROOT)) {
      case "rgb" -> ColourOrder.RGB;
      case "bgr" -> ColourOrder.BGR;
      default ->
          throw new InlayException(
              "--channels is '%s'; it must be rgb or bgr.".formatted(channels));
    };
  }

  private static @Nullable List<Double> numbers(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Arrays.stream(text.split(",", -1)).map(String::strip).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new InlayException(
          "%s is '%s'; it must be three numbers with commas between, as in 123.675,116.28,103.53."
              .formatted(option, text),
          e);
    }
  }
}
