package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.weights.ModelInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The colour order and normalisation of an imported network's images, and who says them.
 *
 * @param convention what the network was trained with
 * @param origin a sentence for reports that names the source
 */
public record PixelSource(PixelConvention convention, String origin) {

  /**
   * Looks at the given options, the given configuration and the file, in this order.
   *
   * @param given the configuration that was given; null if none was
   * @param model the description of an Inlay model in the file; null if there is none
   * @param own the file's own configuration; null if there is none
   */
  static PixelSource of(
      GivenPixels options,
      @Nullable JsonObject given,
      @Nullable ModelInfo model,
      @Nullable JsonObject own) {
    PixelSource said =
        from(given, "the given configuration")
            .or(() -> Optional.ofNullable(model).map(PixelSource::from))
            .or(() -> from(own, "the file's own configuration"))
            .orElseGet(
                () ->
                    new PixelSource(
                        PixelConvention.IMAGENET,
                        "assumed, as for ImageNet: nothing says it; --mean, --std and --channels do"));
    String names = options.options();
    if (names.isEmpty()) {
      return said;
    }
    PixelConvention convention = options.over(said.convention);
    return new PixelSource(
        convention,
        convention.equals(said.convention)
            ? "as given by %s".formatted(names)
            : "as given by %s, instead of mean %s and std %s, %s (%s)"
                .formatted(
                    names,
                    said.convention.normalization().mean(),
                    said.convention.normalization().deviation(),
                    said.convention.order().words(),
                    said.origin));
  }

  private static Optional<PixelSource> from(@Nullable JsonObject configuration, String name) {
    return Optional.ofNullable(configuration)
        .flatMap(FileFacts::pixels)
        .map(convention -> new PixelSource(convention, "as %s says".formatted(name)));
  }

  private static PixelSource from(ModelInfo model) {
    return new PixelSource(
        new PixelConvention(ColourOrder.RGB, model.normalization()), "as the file itself says");
  }
}
