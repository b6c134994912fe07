package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Source;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.OptionDescription;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network as a spec with as few options as possible. A configuration names every number;
 * in a spec many follow from earlier stages, and an option without effect on the network takes its
 * default.
 */
final class PlainSpec {

  /** The program of a network and its side outputs, by which two networks are compared. */
  private record Computed(List<String> sides, String program) {

    static Computed of(Assembly assembly) {
      List<Tensor> outputs = new ArrayList<>(List.of(assembly.fullLogits()));
      List<String> sides = new ArrayList<>();
      for (Map.Entry<String, Assembly.Side> each : assembly.sides().entrySet()) {
        Assembly.Side side = each.getValue();
        outputs.add(side.output());
        sides.add(each.getKey() + " " + side.objective() + " " + side.weight());
      }
      Program program = new Program(assembly.graph(), outputs, ProgramOptions.TRAINING);
      return new Computed(sides, Source.forward(program));
    }
  }

  /** An option that may be left out. */
  private record Choice(int stage, String option) {}

  private final Techniques techniques;
  private final int classes;
  private List<Stage<?>> stages;
  private Assembly assembly;
  private @Nullable Computed computed;

  private PlainSpec(List<Stage<?>> stages, Techniques techniques, int classes) {
    this.techniques = techniques;
    this.classes = classes;
    this.stages = stages;
    assembly = Assembly.of(new NetworkSpec(stages, techniques), classes);
  }

  /** The network of these parts, with as few options as possible. */
  static PlainSpec of(List<DescribedPart> parts, Techniques techniques, int classes) {
    PlainSpec plain =
        new PlainSpec(
            parts.stream().<Stage<?>>flatMap(p -> p.stages().stream()).toList(),
            techniques,
            classes);
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < plain.stages.size(); i++) {
      for (OptionDescription option : OptionDescription.all(plain.stages.get(i).technique())) {
        choices.add(new Choice(i, option.name()));
      }
    }
    List<Choice> alone =
        choices.stream()
            .filter(choice -> !plain.without(List.of(choice)).equals(plain.stages))
            .toList();
    plain.leaveOut(alone);
    // A technique that refused a default beside other values may accept it now.
    choices.removeAll(alone);
    plain.leaveOut(choices);
    return plain;
  }

  Assembly assembly() {
    return assembly;
  }

  /** The parts from which the spec was made, with the options that are left. */
  List<DescribedPart> parts(List<DescribedPart> from) {
    List<DescribedPart> parts = new ArrayList<>();
    int begin = 0;
    for (DescribedPart part : from) {
      int end = begin + part.stages().size();
      parts.add(new DescribedPart(part.prefix(), stages.subList(begin, end), part.renamed()));
      begin = end;
    }
    return parts;
  }

  /**
   * Leaves out as many options as possible. Assembling is slow, so all are tried at once, then each
   * half.
   */
  private void leaveOut(List<Choice> choices) {
    List<Stage<?>> shorter = without(choices);
    Assembly other = shorter.equals(stages) ? null : assembled(shorter);
    if (other != null && isSame(other)) {
      stages = shorter;
      assembly = other;
    } else if (choices.size() > 1) {
      leaveOut(choices.subList(0, choices.size() / 2));
      leaveOut(choices.subList(choices.size() / 2, choices.size()));
    }
  }

  private List<Stage<?>> without(List<Choice> choices) {
    List<Stage<?>> shorter = new ArrayList<>(stages);
    for (Choice choice : choices) {
      shorter.set(choice.stage, shorter.get(choice.stage).withDefault(choice.option));
    }
    return shorter;
  }

  private @Nullable Assembly assembled(List<Stage<?>> shorter) {
    try {
      return Assembly.of(new NetworkSpec(shorter, techniques), classes);
    } catch (InlayException e) {
      return null; // The stages do not fit together with these defaults.
    }
  }

  /**
   * Whether a network is the same. Parameter shapes tell most networks apart; comparing programs is
   * slower.
   */
  private boolean isSame(Assembly other) {
    if (!shapes(assembly).equals(shapes(other))) {
      return false;
    }
    if (computed == null) {
      computed = Computed.of(assembly);
    }
    return computed.equals(Computed.of(other));
  }

  /** The names and shapes of a network's parameters. */
  private static List<Map.Entry<String, List<Long>>> shapes(Assembly assembly) {
    return assembly.graph().parameters().values().stream()
        .map(parameter -> Map.entry(parameter.name(), parameter.shape()))
        .toList();
  }
}
