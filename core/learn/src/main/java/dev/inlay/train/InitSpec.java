package dev.inlay.train;

import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.Suggestions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Initial values of parameters that differ from those that techniques give, as people write them.
 *
 * <p>Techniques give the initial values of their references. Those draw the weights of classifiers
 * with a standard deviation of 0.01, where PyTorch's own rule for convolutions begins with larger
 * ones.
 */
public final class InitSpec {

  /** Classifiers by PyTorch's default for convolutions. */
  public static final String PYTORCH = "pytorch";

  /** The values that techniques give. */
  public static final String REFERENCE = "reference";

  private static final String KAIMING = "kaiming";
  private static final String ZERO = "zero";
  private static final Pattern NORMAL = Pattern.compile("normal\\(\\s*([0-9.eE+-]+)\\s*\\)");
  private static final String FORM =
      "Write reference, pytorch, or a rule for some parameters, as in \"ppm: normal(0.02); conv_seg:"
          + " pytorch\"; rules are pytorch, kaiming, normal(DEVIATION), zero.";

  /**
   * The weights of PyTorch's {@code Conv2d} as it is made: uniform within 1 / sqrt(fan-in), which
   * is Kaiming's rule for a leaky ReLU of slope sqrt(5).
   */
  private static final Init PYTORCH_DEFAULT =
      (values, shape, random) -> {
        double fanIn = 1;
        for (int axis = 1; axis < shape.length; axis++) {
          fanIn *= shape[axis];
        }
        double bound = 1 / Math.sqrt(fanIn);
        Init.uniform(-bound, bound).fill(values, shape, random);
      };

  private final Map<String, Init> inits;

  private InitSpec(Map<String, Init> inits) {
    this.inits = inits;
  }

  /**
   * Reads initial values.
   *
   * @param option what messages call the text
   * @throws InlayException if the form is wrong, a rule has no parameter, or does not fit one
   */
  public static InitSpec parse(String option, String text, ParameterNames names) {
    Map<String, Init> inits = new HashMap<>();
    switch (text.strip()) {
      case REFERENCE -> {}
      case PYTORCH -> names.classifiers().forEach(name -> inits.put(name, PYTORCH_DEFAULT));
      default -> {
        for (String part : text.split(";")) {
          rule(option, part.strip(), names, inits);
        }
      }
    }
    return new InitSpec(inits);
  }

  private static void rule(
      String option, String part, ParameterNames names, Map<String, Init> inits) {
    int colon = part.lastIndexOf(':');
    if (colon < 1) {
      throw new InlayException(
          "%s: '%s' is no way to initialise parameters.%s %s"
              .formatted(
                  option, part, Suggestions.didYouMean(part, Set.of(REFERENCE, PYTORCH)), FORM));
    }
    Pattern pattern = names.of(option, part.substring(0, colon).strip());
    String rule = part.substring(colon + 1).strip();
    Init init = init(option, part, rule);
    for (Parameter parameter : names.trained()) {
      if (!pattern.matcher(parameter.name()).find()) {
        continue;
      }
      boolean convolves = parameter.shape().size() > 1;
      // A stage has biases and norms, too, to which a rule for convolutions does not apply.
      if (convolves || init != Init.KAIMING && init != PYTORCH_DEFAULT) {
        inits.put(parameter.name(), init);
      }
    }
  }

  private static Init init(String option, String part, String rule) {
    Matcher normal = NORMAL.matcher(rule);
    if (rule.equals(KAIMING)) {
      return Init.KAIMING;
    }
    if (rule.equals(PYTORCH)) {
      return PYTORCH_DEFAULT;
    }
    if (rule.equals(ZERO)) {
      return Init.ZERO;
    }
    if (normal.matches()) {
      double deviation = number(normal.group(1));
      if (deviation > 0) {
        return Init.normal(deviation);
      }
      throw new InlayException(
          "%s: '%s' has the deviation '%s', which must be a number of more than 0."
              .formatted(option, part, normal.group(1)));
    }
    throw new InlayException(
        "%s: '%s' has the rule '%s'.%s %s"
            .formatted(
                option,
                part,
                rule,
                Suggestions.didYouMean(rule, List.of(PYTORCH, KAIMING, ZERO, "normal")),
                FORM));
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A parameter's initial values. */
  public Init of(Parameter parameter) {
    return inits.getOrDefault(parameter.name(), parameter.init());
  }
}
