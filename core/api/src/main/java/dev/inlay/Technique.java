package dev.inlay;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A technique of a paper, found by its name: a description of a computation, without state.
 *
 * <p>A technique is a stateless final class that implements one of the kinds below. It has a public
 * constructor without arguments and a {@link Named} annotation; one line in {@code
 * META-INF/services/dev.inlay.Technique} makes it known. {@link Cites} names its paper. An example
 * of a spec, presets of whole networks and short forms stand in a resource beside the class with
 * the technique's name, such as {@code ppm.yaml}.
 *
 * <pre>
 *   example: resnet50(stride=8) | auxiliary | ppm | fcn
 *   presets:
 *     pspnet_r50-d8: resnet50(stride=8) | auxiliary | ppm | fcn
 *   shortForms:
 *     resnet50: resnet(depth=50)
 * </pre>
 *
 * @param <O> the options: a public record whose components are {@code int}, {@code long}, {@code
 *     double}, {@code boolean}, {@code String}, an enum, or a {@code List} of these, each with an
 *     {@link Option}
 */
public sealed interface Technique<O extends Record>
    permits Backbone, ContextModule, Decoder, Objective, Optimizer {

  /**
   * The technique's name in specs, from {@link Named}.
   *
   * @throws InlayException if the class has no such annotation
   */
  default String name() {
    Named named = getClass().getAnnotation(Named.class);
    if (named == null) {
      throw new InlayException(
          "The class %s has no name. Annotate it with @Named.".formatted(getClass().getName()));
    }
    return named.value();
  }

  /**
   * Options of a technique, for another technique that is built from it: the defaults, changed by a
   * text. The text follows the rules of specs.
   *
   * <pre>
   *   Technique.options(Aspp.class, "rates=[2, 4], channels=%d", x.channels())
   * </pre>
   *
   * @param text a format as for {@link String#format}; its result is read as the text between the
   *     parentheses of a spec
   * @param values the values of the format
   * @throws InlayException with the option, its value and the rule
   */
  static <O extends Record> O options(
      Class<? extends Technique<O>> technique, String text, Object... values) {
    return FoundReader.get().read(technique, String.format(Locale.ROOT, text, values));
  }

  /**
   * The technique's counterparts in other implementations, besides those in the section {@code
   * references} of the resource {@code <name>.yaml} beside the class.
   */
  default List<Reference> references() {
    return List.of();
  }

  /** The modules of the technique that can be compared alone, by the names that references use. */
  default Map<String, Part<O>> parts() {
    return Map.of();
  }
}
