package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.spec.Kind;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Options of a technique to try, for a technique whose author names none: the defaults with small
 * numbers of channels, which keep the check quick, and one variation for each switch and each word
 * that an option knows.
 */
final class Samples {

  /** Numbers from here on are taken for channels and other widths, and lessened. */
  private static final int WIDE = 32;

  private static final int[] DIVISORS = {16, 8, 4, 2};
  private static final int LEAST = 4;
  private static final int MOST = 6;

  private Samples() {}

  /** The small defaults, then variations that the technique accepts; six at most. */
  static List<String> varied(Subject subject) {
    String small = small(subject);
    List<String> samples = new ArrayList<>(List.of(small));
    for (RecordComponent option : components(subject)) {
      for (String value : others(option, subject)) {
        String options = joined(small, option.getName() + "=" + value);
        if (samples.size() < MOST && accepts(subject, options)) {
          samples.add(options);
        }
      }
    }
    return samples;
  }

  /** The defaults, with large numbers lessened where the technique accepts that. */
  static String small(Subject subject) {
    String small = "";
    for (RecordComponent option : components(subject)) {
      for (int divisor : DIVISORS) {
        String lessened = lessened(value(option, subject), divisor);
        String options = joined(small, option.getName() + "=" + lessened);
        if (!lessened.isEmpty() && accepts(subject, options)) {
          small = options;
          break;
        }
      }
    }
    return small;
  }

  private static List<RecordComponent> components(Subject subject) {
    try {
      return List.of(
          NetworkSpec.Stage.of(subject.technique()).options().getClass().getRecordComponents());
    } catch (InlayException e) {
      return List.of(); // A rule will find the mistake and name it.
    }
  }

  private static Object value(RecordComponent option, Subject subject) {
    try {
      return option.getAccessor().invoke(NetworkSpec.Stage.of(subject.technique()).options());
    } catch (ReflectiveOperationException e) {
      return "";
    }
  }

  private static String lessened(Object value, int divisor) {
    if (value instanceof Integer number) {
      return number >= WIDE ? String.valueOf(reduced(number, divisor)) : "";
    }
    if (value instanceof List<?> list
        && list.stream().anyMatch(each -> each instanceof Integer number && number >= WIDE)) {
      return list.stream()
          .map(each -> String.valueOf(reduced((Integer) each, divisor)))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return "";
  }

  private static int reduced(int number, int divisor) {
    return number < WIDE ? number : Math.max(LEAST, number / divisor);
  }

  private static List<String> others(RecordComponent option, Subject subject) {
    Object value = value(option, subject);
    if (value instanceof Boolean on) {
      return List.of(String.valueOf(!on));
    }
    List<String> words = new ArrayList<>();
    if (value instanceof Enum<?> word) {
      for (Enum<?> each : word.getDeclaringClass().getEnumConstants()) {
        if (each != word) {
          words.add(each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
      }
    }
    return words;
  }

  private static String joined(String some, String more) {
    return some.isEmpty() ? more : some + ", " + more;
  }

  private static boolean accepts(Subject subject, String options) {
    String stage = subject.stage(options);
    try {
      if (subject.technique() instanceof Objective) {
        ObjectiveSpec.parse(stage, subject.techniques());
        return true;
      }
      if (subject.technique() instanceof Optimizer) {
        NetworkSpec.parseStage(stage, Kind.OPTIMIZER, subject.techniques());
        return true;
      }
      TrialNetwork network = TrialNetwork.of(subject, options);
      return subject.sizes().stream().allMatch(network::accepts);
    } catch (InlayException e) {
      return false;
    }
  }
}
