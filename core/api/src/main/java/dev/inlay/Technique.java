package dev.inlay;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One technique of a paper: a pure description of what it computes, found by name.
 *
 * <p>A technique is a stateless final class that implements one of the kinds below. It has a public
 * constructor without arguments and a {@link Named} annotation; one line in {@code
 * META-INF/services/dev.inlay.Technique} makes it known. {@link Cites} names its paper. An example
 * of a spec, whole networks by name and short forms stand in a file beside the class, which is
 * called by the technique's name: {@code ppm.yaml}.
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
   * The name in specs, which {@link Named} gives.
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
   * The options of a technique, for another one that is built from it: the defaults but for those
   * that the text sets. The rules that hold for specs hold here too.
   *
   * <pre>
   *   Technique.options(Aspp.class, "rates=[2, 4], channels=%d", x.channels())
   * </pre>
   *
   * @param text as for {@link String#format}, which becomes what a spec has between parentheses
   * @param values what goes into the text
   * @throws InlayException that names the option, its value and the rule
   */
  static <O extends Record> O options(
      Class<? extends Technique<O>> technique, String text, Object... values) {
    return FoundReader.get().read(technique, String.format(Locale.ROOT, text, values));
  }

  /**
   * What it is in other implementations, if that does not stand in the section {@code references}
   * of the resource {@code <name>.yaml} beside the class.
   */
  default List<Reference> references() {
    return List.of();
  }

  /** The modules inside it that references compare alone, by the names that they use. */
  default Map<String, Part<O>> parts() {
    return Map.of();
  }
}
