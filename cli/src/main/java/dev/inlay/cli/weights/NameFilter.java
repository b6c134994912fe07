package dev.inlay.cli.weights;

import dev.inlay.InlayException;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Chooses tensors by their names. */
final class NameFilter {

  private final List<String> globs;
  private final List<Pattern> patterns;

  /**
   * A filter for the names that match one of the globs, or all if there is none; in a glob, * is
   * any text and ? any character.
   */
  NameFilter(List<String> globs) {
    this.globs = globs;
    patterns = globs.stream().map(NameFilter::pattern).toList();
  }

  private static Pattern pattern(String glob) {
    StringBuilder expression = new StringBuilder();
    for (String part : glob.split("(?<=[*?])|(?=[*?])")) {
      expression.append(part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part));
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  /** The chosen tensors, in the order of the map. */
  Map<String, TensorInfo> of(Map<String, TensorInfo> tensors) {
    Map<String, TensorInfo> chosen = new LinkedHashMap<>(tensors);
    if (!patterns.isEmpty()) {
      chosen
          .keySet()
          .removeIf(
              name -> patterns.stream().noneMatch(pattern -> pattern.matcher(name).matches()));
    }
    return chosen;
  }

  /** Refuses a filter that matches no tensor of the files. */
  void requireSome(boolean some, TensorFile... files) {
    if (some || patterns.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    String examples = "";
    for (TensorFile file : files) {
      names.add(file.path() + " (" + file.tensors().size() + " tensors)");
      examples = file.tensors().keySet().stream().findFirst().orElse(examples);
    }
    throw new InlayException(
        "--filter "
            + String.join(", ", globs)
            + " matches no name in "
            + String.join(" or ", names)
            + ". A pattern is for the whole name, * for any text"
            + (examples.isEmpty() ? "." : "; a name is " + TerminalText.printable(examples) + "."));
  }
}
