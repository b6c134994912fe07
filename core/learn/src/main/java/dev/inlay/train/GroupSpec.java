package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.spec.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Parameter groups as people write them. */
public final class GroupSpec {

  private static final String RATE = "rate";
  private static final String DECAY = "decay";
  private static final String NORMS = "norms";
  private static final String BIASES = "biases";
  private static final String FORM =
      "Write groups as in \"ppm: rate=10; \\.bias$: decay=0\", divided by semicolons.";

  private GroupSpec() {}

  /**
   * Reads groups such as {@code ppm: rate=10; \.bias$: decay=0, rate=2}.
   *
   * @param option what messages call the text
   * @throws InlayException if the form is wrong, or a group has no parameter
   */
  public static List<Groups.Group> parse(String option, String text, ParameterNames names) {
    List<Groups.Group> groups = new ArrayList<>();
    for (String part : text.split(";")) {
      if (!part.isBlank()) {
        groups.add(group(option, part.strip(), names));
      }
    }
    if (groups.isEmpty()) {
      throw new InlayException("%s is '%s', which has no group. %s".formatted(option, text, FORM));
    }
    return groups;
  }

  private static Groups.Group group(String option, String part, ParameterNames names) {
    int colon = part.lastIndexOf(':');
    if (colon < 1) {
      throw new InlayException(
          "%s: '%s' has no colon between the parameters and their factors. %s"
              .formatted(option, part, FORM));
    }
    String what = part.substring(0, colon).strip();
    Pattern pattern = names.of(option, what);
    double rate = 1;
    double decay = 1;
    for (String factor : part.substring(colon + 1).split(",")) {
      String[] pair = factor.strip().split("=", -1);
      double value = pair.length == 2 ? number(option, part, pair[1].strip()) : Double.NaN;
      switch (pair[0].strip()) {
        case RATE -> rate = value;
        case DECAY -> decay = value;
        default ->
            throw new InlayException(
                "%s: '%s' has the factor '%s', but groups have 'rate' and 'decay'.%s %s"
                    .formatted(
                        option,
                        part,
                        pair[0].strip(),
                        Suggestions.didYouMean(pair[0].strip(), List.of(RATE, DECAY)),
                        FORM));
      }
    }
    return new Groups.Group(
        what, parameter -> pattern.matcher(parameter.name()).find(), rate, decay);
  }

  private static double number(String option, String part, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below names the text.
    }
    throw new InlayException(
        "%s: '%s' has the factor '%s', which must be a number of 0 or more. %s"
            .formatted(option, part, text, FORM));
  }

  /**
   * The group of the parameters outside the backbone.
   *
   * @param rate the factor of their learning rate
   */
  public static Groups.Group head(double rate, ParameterNames names) {
    Pattern backbone = names.backbone();
    return new Groups.Group(
        "head", parameter -> !backbone.matcher(parameter.name()).find(), rate, 1);
  }

  /**
   * The group of parameters without weight decay.
   *
   * @param text {@code norms}, {@code biases} or both, divided by a comma
   * @throws InlayException if it is neither
   */
  public static Groups.Group withoutDecay(String option, String text, ParameterNames names) {
    Set<String> all = new TreeSet<>();
    for (String each : text.split(",")) {
      switch (each.strip()) {
        case NORMS -> all.addAll(names.norms());
        case BIASES -> all.addAll(names.biases());
        default ->
            throw new InlayException(
                "%s is '%s', but '%s' is neither 'norms' nor 'biases'.%s Write one of them, or both as in \"norms,biases\"; --group takes patterns."
                    .formatted(
                        option,
                        text,
                        each.strip(),
                        Suggestions.didYouMean(each.strip(), List.of(NORMS, BIASES))));
      }
    }
    return Groups.Group.of("no decay", all, 1, 0);
  }
}
