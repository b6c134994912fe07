package dev.inlay.compile;

import dev.inlay.InlayException;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The second of the two programs of a training step: it changes weights and the optimizer's memory
 * in place, by gradients. Between the two programs, gradients may be added up, clipped or thrown
 * away.
 *
 * <p>Parameters whose rules are the same operations on lists form one group. Where a rule is more
 * than operations on single elements, the parameters of each shape form a group.
 */
public final class OptimizerUpdate {

  /**
   * Parameters that are updated alike.
   *
   * @param names of the parameters
   * @param described the rule for one of them
   * @param onLists the rule for all of them at once; empty if each is updated on its own
   */
  public record Group(List<String> names, DescribedUpdate described, Optional<ListUpdate> onLists) {

    /** The names under which one buffer or counter of each parameter is kept. */
    public List<String> memory(Parameter part) {
      return names.stream().map(name -> memoryName(name, part.name())).toList();
    }
  }

  private record RuleAndShape(OptimizerRule<?> rule, List<Long> shape) {}

  /** The group of parameters of one shape, and the memory that each of them has. */
  private record Compiled(Group group, List<Parameter> memory) {}

  /** What parameters of one group have in common. */
  private record Form(Object operations, List<String> memory) {

    static Form of(RuleAndShape source, DescribedUpdate described, Optional<ListUpdate> onLists) {
      List<String> memory =
          described.memory().stream().map(part -> part.kind() + " " + part.name()).toList();
      return new Form(onLists.isPresent() ? onLists.get() : source, memory);
    }
  }

  private final Map<Form, Group> groups = new LinkedHashMap<>();
  private final List<Parameter> memory = new ArrayList<>();

  /**
   * Describes and compiles the update of parameters.
   *
   * @param trained the parameters that have gradients
   * @param rules how each parameter is optimized
   * @throws InlayException if an optimizer describes what no parameter can become
   */
  public OptimizerUpdate(List<Parameter> trained, Function<Parameter, OptimizerRule<?>> rules) {
    Map<RuleAndShape, Compiled> compiled = new HashMap<>();
    for (Parameter parameter : trained) {
      RuleAndShape source = new RuleAndShape(rules.apply(parameter), parameter.shape());
      Compiled update = compiled.computeIfAbsent(source, this::compile);
      update.group().names().add(parameter.name());
      for (Parameter part : update.memory()) {
        String name = memoryName(parameter.name(), part.name());
        memory.add(new Parameter(name, part.shape(), part.kind(), part.init()));
      }
    }
  }

  private Compiled compile(RuleAndShape source) {
    DescribedUpdate described = DescribedUpdate.of(source.rule(), source.shape());
    Optional<ListUpdate> onLists = ListUpdate.of(described);
    Group group =
        groups.computeIfAbsent(
            Form.of(source, described, onLists),
            form -> new Group(new ArrayList<>(), described, onLists));
    return new Compiled(group, described.memory());
  }

  private static String memoryName(String parameter, String part) {
    return parameter + "/" + part;
  }

  /** The parameters in groups that are updated alike. */
  public List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /** The optimizer's buffers and counters for all parameters, by their full names. */
  public List<Parameter> memory() {
    return Collections.unmodifiableList(memory);
  }
}
