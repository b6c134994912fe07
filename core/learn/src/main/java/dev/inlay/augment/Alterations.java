package dev.inlay.augment;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.spec.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The alterations by name, and how a line of them is read: {@code photometric |
 * blur(probability=0.3, most=2)}.
 */
public final class Alterations {
  private static final Pattern STAGE = Pattern.compile("([a-z0-9-]+)(?:\\((.*)\\))?");
  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  /** An option with its default and its range. */
  private record Number(String name, double usual, double least, double most) {}

  private record Form(List<Number> options, Function<double[], Alteration> made) {}

  static {
    Number often = new Number("probability", 0.5, 0, 1);
    form(
        "photometric",
        v -> new Photometric((int) v[0], v[1], v[2], (int) v[3]),
        new Number("brightness", 32, 0, 255),
        new Number("contrast", 0.5, 0, 1),
        new Number("saturation", 0.5, 0, 1),
        new Number("hue", 18, 0, 90));
    form(
        "blur",
        v -> new Blur(v[0], v[1], v[2]),
        often,
        new Number("least", 0.1, 0.1, 50),
        new Number("most", 2, 0.1, 50));
    form(
        "noise",
        v -> new Noise(v[0], v[1], v[2]),
        often,
        new Number("least", 0, 0, 255),
        new Number("most", 15, 0, 255));
    form(
        "jpeg",
        v -> new Jpeg(v[0], v[1], v[2]),
        often,
        new Number("least", 30, 1, 100),
        new Number("most", 90, 1, 100));
    form(
        "cut-out",
        v -> new CutOut(v[0], (int) v[1], v[2], v[3]),
        often,
        new Number("holes", 1, 1, 1000),
        new Number("least", 0.1, 0, 1),
        new Number("most", 0.4, 0, 1));
    form("rotate", v -> new Rotation(v[0], v[1]), often, new Number("degrees", 10, 0, 180));
    form("quarter-turns", v -> new QuarterTurns());
    form("mosaic", v -> new Mosaic(v[0]), often);
  }

  private Alterations() {}

  private static void form(String name, Function<double[], Alteration> made, Number... options) {
    FORMS.put(name, new Form(List.of(options), made));
  }

  /** The alterations with their options and defaults, a line each, for help. */
  public static List<String> forms() {
    return FORMS.entrySet().stream()
        .map(
            form ->
                form.getValue().options().isEmpty()
                    ? form.getKey()
                    : form.getValue().options().stream()
                        .map(each -> each.name() + "=" + shown(each.usual()))
                        .collect(Collectors.joining(", ", form.getKey() + "(", ")")))
        .toList();
  }

  /**
   * Reads a line; a blank one has none.
   *
   * @throws InlayException that names the stage, the option and the rule
   */
  public static List<Alteration> parse(String line) {
    List<Alteration> found = new ArrayList<>();
    if (!line.isBlank()) {
      for (String stage : line.split("\\|", -1)) {
        found.add(stage(stage.strip()));
      }
    }
    Check.that(
        found.stream().filter(each -> each instanceof Mosaic).count() < 2,
        "The augmentation has mosaic twice, but a crop is put together once. Leave one out.");
    return List.copyOf(found);
  }

  private static Alteration stage(String text) {
    Matcher parts = STAGE.matcher(text);
    Check.that(
        parts.matches(),
        "'%s' is no augmentation; it is written NAME or NAME(OPTION=NUMBER, ...), several apart by |.",
        text);
    String name = parts.group(1);
    Form form = FORMS.get(name);
    if (form == null) {
      throw new InlayException(
          "There is no augmentation '%s'.%s Known: %s."
              .formatted(
                  name,
                  Suggestions.didYouMean(name, FORMS.keySet()),
                  String.join(", ", FORMS.keySet())));
    }
    double[] values = form.options().stream().mapToDouble(Number::usual).toArray();
    String options = parts.group(2);
    if (options != null && !options.isBlank()) {
      for (String option : options.split(",", -1)) {
        set(name, form.options(), option.strip(), values);
      }
    }
    checkOrder(name, form.options(), values);
    return form.made().apply(values);
  }

  private static void set(String name, List<Number> options, String text, double[] values) {
    String[] pair = text.split("\\s*=\\s*", 2);
    List<String> names = options.stream().map(Number::name).toList();
    int index = names.indexOf(pair[0]);
    Check.that(
        index >= 0,
        "%s has no option '%s'.%s Options: %s.",
        name,
        pair[0],
        Suggestions.didYouMean(pair[0], names),
        names.isEmpty() ? "none" : String.join(", ", names));
    Number option = options.get(index);
    double value = pair.length == 2 ? number(pair[1]) : Double.NaN;
    Check.that(
        value >= option.least() && value <= option.most(),
        "%s of %s is %s; it must be a number from %s to %s.",
        option.name(),
        name,
        pair.length == 2 ? pair[1] : "missing",
        shown(option.least()),
        shown(option.most()));
    values[index] = value;
  }

  private static void checkOrder(String name, List<Number> options, double[] values) {
    List<String> names = options.stream().map(Number::name).toList();
    int least = names.indexOf("least");
    Check.that(
        least < 0 || values[least] <= values[names.indexOf("most")],
        "%s has least and most in the wrong order (%s).",
        name,
        Arrays.toString(values));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String shown(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
