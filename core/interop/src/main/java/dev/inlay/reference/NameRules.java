package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.weights.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rules that rename a file's tensors, one per line:
 *
 * <pre>
 *   # old name -&gt; new name; a star matches any text, which a star on the right copies
 *   encoder.*        -&gt; backbone.*
 *   head.*.w         -&gt; decode_head.*.weight
 *   ema.*            -&gt;
 * </pre>
 *
 * <p>The first rule that matches a name applies. A rule without a new name leaves tensors out.
 * Names that no rule matches stay as they are.
 *
 * @param rules the rules, in order
 */
public record NameRules(List<Rule> rules) {

  /**
   * One rule.
   *
   * @param line the number of its line
   * @param pattern the pattern of whole old names
   * @param replacement the new name with stars; empty to leave the tensor out
   */
  public record Rule(int line, Pattern pattern, String replacement) {

    String apply(Matcher match) {
      StringBuilder name = new StringBuilder();
      int group = 1;
      for (int i = 0; i < replacement.length(); i++) {
        char next = replacement.charAt(i);
        name.append(next == '*' ? match.group(group++) : String.valueOf(next));
      }
      return name.toString();
    }
  }

  /** No rules. */
  public static final NameRules NONE = new NameRules(List.of());

  public NameRules {
    rules = List.copyOf(rules);
  }

  /**
   * Reads rules.
   *
   * @throws InlayException that names the line of an invalid rule
   */
  public static NameRules parse(String text) {
    List<Rule> rules = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        rules.add(rule(line, i + 1));
      }
    }
    return new NameRules(rules);
  }

  private static Rule rule(String line, int number) {
    int arrow = line.indexOf("->");
    String old = arrow < 0 ? "" : line.substring(0, arrow).strip();
    String replacement = arrow < 0 ? "" : line.substring(arrow + 2).strip();
    if (old.isEmpty()) {
      throw new InlayException(
          "Line %d of the rules is '%s'; a rule is OLD -> NEW, such as encoder.* -> backbone.*."
              .formatted(number, line));
    }
    if (stars(replacement) > stars(old)) {
      throw new InlayException(
          "Line %d of the rules has more stars on the right than on the left: '%s'. Each star on the right copies one on the left."
              .formatted(number, line));
    }
    String pattern =
        Pattern.compile("\\*")
            .splitAsStream(old + " ")
            .map(part -> part.isBlank() ? "" : Pattern.quote(part.strip()))
            .collect(Collectors.joining("(.*)"));
    return new Rule(number, Pattern.compile(pattern), replacement);
  }

  private static long stars(String text) {
    return text.chars().filter(each -> each == '*').count();
  }

  /**
   * Renames tensors; the result lacks those that a rule leaves out.
   *
   * @throws InlayException if a rule matches no name, or two tensors get the same name
   */
  public Map<String, TensorInfo> apply(Map<String, TensorInfo> tensors) {
    Map<String, TensorInfo> renamed = new LinkedHashMap<>();
    List<Rule> idle = new ArrayList<>(rules);
    tensors.forEach(
        (old, tensor) -> {
          String name = old;
          for (Rule rule : rules) {
            Matcher matcher = rule.pattern.matcher(old);
            if (matcher.matches()) {
              idle.remove(rule);
              name = rule.apply(matcher);
              break;
            }
          }
          if (!name.isEmpty()) {
            put(renamed, name, tensor);
          }
        });
    if (!idle.isEmpty()) {
      throw new InlayException(
          "Line %d of the rules matches no name that the lines before it leave. The file's names look like %s."
              .formatted(
                  idle.get(0).line,
                  tensors.keySet().stream().limit(3).collect(Collectors.joining(", "))));
    }
    return renamed;
  }

  private static void put(Map<String, TensorInfo> renamed, String name, TensorInfo tensor) {
    TensorInfo before = renamed.put(name, tensor);
    if (before != null) {
      throw new InlayException(
          "The rules give %s and %s the same name, %s. Change one of the rules."
              .formatted(before.name(), tensor.name(), name));
    }
  }
}
