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
 * Rules by which someone renames a file's tensors, one a line:
 *
 * <pre>
 *   # theirs -&gt; new name; a star stands for any text, and on the right for what it stood for
 *   encoder.*        -&gt; backbone.*
 *   head.*.w         -&gt; decode_head.*.weight
 *   ema.*            -&gt;
 * </pre>
 *
 * <p>The first rule that fits a name counts. A rule without a new name leaves tensors out. Names
 * that no rule fits stay as they are.
 *
 * @param rules the rules, in order
 */
public record NameRules(List<Rule> rules) {

  /**
   * One rule.
   *
   * @param line where it stands
   * @param theirs what fits a whole name
   * @param ours the new name with stars; empty to leave the tensor out
   */
  public record Rule(int line, Pattern theirs, String ours) {

    String apply(Matcher fitting) {
      StringBuilder name = new StringBuilder();
      int group = 1;
      for (int i = 0; i < ours.length(); i++) {
        char next = ours.charAt(i);
        name.append(next == '*' ? fitting.group(group++) : String.valueOf(next));
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
   * @throws InlayException that names a line that is no rule
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
    String theirs = arrow < 0 ? "" : line.substring(0, arrow).strip();
    String ours = arrow < 0 ? "" : line.substring(arrow + 2).strip();
    if (theirs.isEmpty()) {
      throw new InlayException(
          "line %d of the rules is '%s'; a rule is THEIRS -> OURS, such as encoder.* -> backbone.*"
              .formatted(number, line));
    }
    if (stars(ours) > stars(theirs)) {
      throw new InlayException(
          "line %d of the rules has more stars on the right than on the left: '%s'"
              .formatted(number, line));
    }
    String pattern =
        Pattern.compile("\\*")
            .splitAsStream(theirs + " ")
            .map(part -> part.isBlank() ? "" : Pattern.quote(part.strip()))
            .collect(Collectors.joining("(.*)"));
    return new Rule(number, Pattern.compile(pattern), ours);
  }

  private static long stars(String text) {
    return text.chars().filter(each -> each == '*').count();
  }

  /**
   * Renames tensors; those that a rule leaves out are missing in the result.
   *
   * @throws InlayException if a rule fits no name, or two tensors get one name
   */
  public Map<String, TensorInfo> apply(Map<String, TensorInfo> tensors) {
    Map<String, TensorInfo> renamed = new LinkedHashMap<>();
    List<Rule> idle = new ArrayList<>(rules);
    tensors.forEach(
        (theirs, tensor) -> {
          String ours = theirs;
          for (Rule rule : rules) {
            Matcher matcher = rule.theirs.matcher(theirs);
            if (matcher.matches()) {
              idle.remove(rule);
              ours = rule.apply(matcher);
              break;
            }
          }
          if (!ours.isEmpty()) {
            put(renamed, ours, tensor);
          }
        });
    if (!idle.isEmpty()) {
      throw new InlayException(
          "line %d of the rules fits no name that a line before it leaves; the file's look like %s"
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
          "the rules give %s and %s the same name, %s"
              .formatted(before.name(), tensor.name(), name));
    }
  }
}
