package dev.inlay.reference;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.Source;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.OptionDescription;
import dev.inlay.spec.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a network as a person would. A configuration names every number; here many follow from the
 * stages before, and an option that changes nothing of this network is left at its default.
 */
final class PlainSpec {

  /** All that tells networks apart: what is stored, and what is computed and learned of it. */
  private record Print(List<String> parameters, List<String> sides, String program) {

    static Print of(Assembly assembly) {
      List<Tensor> outputs = new ArrayList<>(List.of(assembly.fullLogits()));
      List<String> sides = new ArrayList<>();
      for (Map.Entry<String, Features.Side> each : assembly.sides().entrySet()) {
        Features.Side side = each.getValue();
        outputs.add(side.output());
        sides.add(each.getKey() + " " + side.objective() + " " + side.weight());
      }
      Program program = new Program(assembly.graph(), outputs, ProgramOptions.TRAINING);
      return new Print(parameters(assembly), sides, Source.forward(program));
    }

    static List<String> parameters(Assembly assembly) {
      return assembly.graph().parameters().values().stream()
          .map(parameter -> parameter.name() + parameter.shape())
          .toList();
    }

    /** Writing the program takes longest, and seldom must be done. */
    boolean isOf(Assembly assembly) {
      return parameters.equals(parameters(assembly)) && equals(of(assembly));
    }
  }

  private final List<Stage<?>> stages;
  private final int classes;
  private final Print print;

  private PlainSpec(List<Stage<?>> stages, int classes) {
    this.stages = new ArrayList<>(stages);
    this.classes = classes;
    print = Print.of(Assembly.of(new NetworkSpec(stages), classes));
  }

  /** The same parts of the same network, with as few options as say so. */
  static List<ReferenceParts.Part> of(List<ReferenceParts.Part> parts, int classes) {
    PlainSpec plain = new PlainSpec(ModelConfig.joined(parts).stages(), classes);
    for (int i = 0; i < plain.stages.size(); i++) {
      plain.shorten(i, plain.stages.get(i));
    }
    List<ReferenceParts.Part> shortened = new ArrayList<>();
    int begin = 0;
    for (ReferenceParts.Part part : parts) {
      int end = begin + part.stages().size();
      List<Stage<?>> stages = plain.stages.subList(begin, end);
      shortened.add(new ReferenceParts.Part(part.prefix(), stages, part.renamed()));
      begin = end;
    }
    return shortened;
  }

  private <O extends Record> void shorten(int place, Stage<O> stage) {
    Stage<O> shortest = stage;
    for (OptionDescription option : Options.describe(stage.technique())) {
      Stage<O> shorter = Options.withDefault(shortest, option.name());
      stages.set(place, shorter);
      if (!shorter.equals(shortest) && isSame()) {
        shortest = shorter;
      }
    }
    stages.set(place, shortest);
  }

  private boolean isSame() {
    try {
      return print.isOf(Assembly.of(new NetworkSpec(stages), classes));
    } catch (InlayException e) {
      return false; // With this default, the stages do not fit together.
    }
  }
}
