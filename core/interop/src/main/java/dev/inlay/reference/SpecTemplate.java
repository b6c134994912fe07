package dev.inlay.reference;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A spec with options of a reference between braces, in the form that {@link dev.inlay.Reference}
 * describes.
 *
 * @param text the spec as a reference writes it
 */
public record SpecTemplate(String text) {

  private static final Pattern BRACES =
      Pattern.compile("\\{(\\*?)([\\w.]+)(?:=((?:\\[[^\\]]*\\]|[^}])*))?\\}");

  /** Bars between stages; those inside parentheses belong to an option. */
  private static final Pattern BARS = Pattern.compile("\\|(?![^(]*\\))");

  private static final Pattern OPTIONS = Pattern.compile("\\(.*?\\)(?= \\||$)");

  /**
   * An option between braces.
   *
   * @param option the option's name in the reference
   * @param preset its value if a configuration does not name it; null if the option is required
   * @param spread whether the brackets of a list are left out
   */
  public record Slot(String option, @Nullable String preset, boolean spread) {

    private static Slot of(MatchResult match) {
      return new Slot(match.group(2), match.group(3), !match.group(1).isEmpty());
    }

    /** A value in the notation of the spec. */
    String shown(String value) {
      return spread && value.startsWith("[") ? value.substring(1, value.length() - 1) : value;
    }
  }

  /** The spec with a value in each slot. */
  String filled(Function<Slot, String> values) {
    return BRACES
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(values.apply(Slot.of(match))));
  }

  /** The techniques of the stages by name, or by short form if the spec uses one. */
  public List<String> techniques() {
    return Arrays.stream(BARS.split(text)).map(stage -> stage.strip().split("[( ]", 2)[0]).toList();
  }

  /** The stages without their options, for messages: {@code ppm | fcn}. */
  String withoutOptions() {
    return OPTIONS.matcher(text).replaceAll("");
  }
}
