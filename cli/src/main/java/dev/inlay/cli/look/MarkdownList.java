package dev.inlay.cli.look;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.cli.common.NumberText;
import dev.inlay.spec.Kind;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The techniques as a table for documents: paper and cost of each. */
final class MarkdownList {

  private static final int HEIGHT = 512;
  private static final int WIDTH = 1024;
  private static final String NONE = "";

  private final Techniques techniques;

  MarkdownList(Techniques techniques) {
    this.techniques = techniques;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("| technique | kind | what it computes | paper | parameters | multiply-adds |\n");
    text.append("|---|---|---|---|---:|---:|\n");
    for (Kind kind : Kind.values()) {
      for (Techniques.Entry entry : techniques.entries()) {
        if (Kind.of(entry.technique()) == kind) {
          text.append(row(entry.technique(), kind));
        }
      }
    }
    return text.toString();
  }

  private String row(Technique<?> technique, Kind kind) {
    Metadata about = Metadata.of(technique);
    String paper =
        about
            .paper()
            .map(each -> "[%s, %s](%s)".formatted(each.authors(), each.venue(), each.url()))
            .orElse(NONE);
    Optional<Costs.Sum> cost = cost(technique, about.example());
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            technique.name(),
            kind,
            about.summary(),
            paper,
            cost.map(sum -> millions(sum.parameters())).orElse(NONE),
            cost.map(sum -> NumberText.scaled(sum.convMacs() + sum.attentionMacs())).orElse(NONE));
  }

  private static String millions(long parameters) {
    return String.format(Locale.ROOT, "%.2f M", parameters / 1e6);
  }

  /** The cost of the technique's stages in its example network; empty if it is no stage. */
  private Optional<Costs.Sum> cost(Technique<?> technique, String example) {
    try {
      NetworkSpec spec = NetworkSpec.parse(example, techniques);
      Costs costs = Costs.of(Assembly.of(spec, Description.CLASSES), 1, HEIGHT, WIDTH);
      for (int i = 0; i < spec.stages().size(); i++) {
        if (spec.stages().get(i).technique().equals(technique)) {
          return Optional.of(costs.stages().get(i).sum());
        }
      }
      return Optional.empty();
    } catch (InlayException e) {
      return Optional.empty(); // A loss, an optimizer.
    }
  }

  /** What the columns of costs are about. */
  static List<String> notes() {
    return List.of(
        "Parameters and multiply-adds are those of the technique's stage in its example network, with"
            + " %d classes and images of 3x%dx%d; 'inlay describe NAME' shows the example."
                .formatted(Description.CLASSES, HEIGHT, WIDTH));
  }
}
