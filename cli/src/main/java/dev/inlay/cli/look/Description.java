package dev.inlay.cli.look;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.cli.common.Shapes;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.graph.Node;
import dev.inlay.guard.Core;
import dev.inlay.guard.Guard;
import dev.inlay.spec.Kind;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.OptionDescription;
import dev.inlay.spec.Paper;
import dev.inlay.spec.Techniques;
import dev.inlay.spec.Techniques.Entry;
import dev.inlay.spec.TechniquesBuilder;
import dev.inlay.standard.GivenClassifier;
import dev.inlay.standard.GivenMaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inlay describe} says about a technique.
 *
 * @param name the technique's name, or a short form's
 * @param shortFormOf what the short form stands for; null for the technique itself
 * @param paper the paper that published it; null if there is none
 * @param shapes of inputs and outputs; null if it does not fit a ResNet-50's maps
 * @param misfit the reason why it does not fit those maps; null if it fits
 * @param trainingOnly the outputs that only training uses
 * @param example a spec with this technique; empty if it names none
 */
record Description(
    String name,
    @Nullable String shortFormOf,
    String kind,
    String summary,
    @Nullable Paper paper,
    List<OptionDescription> options,
    @Nullable InAndOut shapes,
    @Nullable String misfit,
    List<Side> trainingOnly,
    String example,
    Map<String, String> shortForms,
    Map<String, String> presets,
    String origin) {

  /** The number of classes K in the shapes of logits. */
  static final int CLASSES = 19;

  /** The maps of a ResNet-50 of stride 8. */
  private static final String MAPS = "given(channels=[256, 512, 1024, 2048], strides=[4, 8, 8, 8])";

  /** The shapes of a technique's inputs and outputs. */
  record InAndOut(List<String> input, List<String> output) {}

  /** An output that a loss supervises. */
  record Side(String name, String shape, String objective, double weight) {}

  /** Describes the technique that has this name or short form. */
  static Description of(String name, Entry entry, Techniques techniques) {
    return Guard.call(
        name,
        entry.technique().getClass(),
        entry.origin(),
        Core.VERSION,
        () -> described(name, entry, techniques));
  }

  private static Description described(String name, Entry entry, Techniques techniques) {
    Technique<?> technique = entry.technique();
    InAndOut shapes = null;
    String misfit = null;
    List<Side> sides = List.of();
    try {
      Kind kind = Kind.of(technique);
      if (kind == Kind.OBJECTIVE) {
        String labels = "class ids (B,H,W) and, for instance, logits (B,K,h,w)";
        shapes = new InAndOut(List.of(labels), List.of("a number"));
      } else if (kind == Kind.OPTIMIZER) {
        shapes =
            new InAndOut(
                List.of("a weight of any shape, its gradient and the learning rate"),
                List.of("the weight after a step"));
      } else {
        Assembly assembly = assembly(name, kind, entry, techniques);
        shapes = shapes(assembly, kind);
        sides = sides(assembly, technique.name()::equals);
      }
    } catch (InlayException e) {
      misfit = String.valueOf(e.getMessage());
    }
    Metadata metadata = Metadata.of(technique);
    Techniques.Named form = techniques.shortForms().get(name);
    return new Description(
        name,
        form == null ? null : form.spec(),
        Kind.of(technique).toString(),
        metadata.summary(),
        metadata.paper().orElse(null),
        OptionDescription.all(technique),
        shapes,
        misfit,
        sides,
        metadata.example(),
        ListCommand.shortForms(entry, techniques),
        presets(entry, techniques),
        entry.origin());
  }

  /** The technique between stand-ins for the rest, with all objectives for its side outputs. */
  private static Assembly assembly(String name, Kind kind, Entry entry, Techniques techniques) {
    TechniquesBuilder some = new TechniquesBuilder();
    some.offer(entry);
    techniques.entries().stream()
        .filter(each -> Kind.of(each.technique()) == Kind.OBJECTIVE)
        .forEach(some::offer);
    some.offer(new Entry(new GivenMaps(), "Inlay"));
    some.offer(new Entry(new GivenClassifier(), "Inlay"));
    String before = kind == Kind.BACKBONE ? "" : MAPS + " | ";
    String after = kind == Kind.DECODER ? "" : " | given-classifier";
    NetworkSpec spec = NetworkSpec.parse(before + name + after, some.build(""));
    return Assembly.of(spec, CLASSES);
  }

  private static InAndOut shapes(Assembly assembly, Kind kind) {
    List<Assembly.Stage> stages = assembly.stages();
    if (kind == Kind.BACKBONE) {
      return new InAndOut(List.of(Shapes.of(assembly.image())), Shapes.of(stages.get(0).outputs()));
    }
    List<String> output = new ArrayList<>(Shapes.of(stages.get(1).outputs()));
    if (kind == Kind.DECODER) {
      output.add(Shapes.of(assembly.fullLogits()));
    }
    return new InAndOut(Shapes.of(stages.get(0).outputs()), output);
  }

  /** All outputs of a network that only training uses. */
  static List<Side> sides(Assembly assembly) {
    return sides(assembly, stage -> true);
  }

  private static List<Side> sides(Assembly assembly, Predicate<String> ofStage) {
    List<Side> sides = new ArrayList<>();
    for (Map.Entry<String, Assembly.Side> each : assembly.sides().entrySet()) {
      Assembly.Side side = each.getValue();
      if (side.output() instanceof Node node && ofStage.test(node.origin().stage())) {
        sides.add(
            new Side(each.getKey(), Shapes.of(node), side.objective().toString(), side.weight()));
      }
    }
    return sides;
  }

  /** A line each: name, shape, objective and weight. */
  static Table table(List<Side> sides) {
    Table table = new Table();
    for (Side side : sides) {
      String loss = side.objective() + ", weight " + side.weight();
      table.row(side.name(), side.shape(), loss);
    }
    return table;
  }

  private static Map<String, String> presets(Entry entry, Techniques techniques) {
    Map<String, String> presets = new LinkedHashMap<>();
    techniques.presets().values().stream()
        .filter(preset -> preset.entry().equals(entry))
        .sorted(Comparator.comparing(Techniques.Named::name, TerminalText.BY_NAME))
        .forEach(preset -> presets.put(preset.name(), preset.spec()));
    return presets;
  }
}
