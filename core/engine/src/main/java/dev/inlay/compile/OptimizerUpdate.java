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
 * The second of the two programs of a training step: it updates weights and the optimizer's memory
 * in place from gradients. Between the two programs, gradients may be accumulated, clipped or
 * discarded.
 *
 * <p>Parameters whose rules have the same operations on lists form a group. If a rule is not
 * elementwise, the parameters of each shape form a group.
 */
public final class OptimizerUpdate {

  /**
   * Parameters with the same update.
   *
   * @param names the names of the parameters
   * @param described the rule for one parameter
   * @param onLists the rule for all parameters at once; empty if each is updated separately
   */
  public record Group(List<String> names, DescribedUpdate described, Optional<ListUpdate> onLists) {

    /** The full names of one buffer or counter, one for each parameter of the group. */
    public List<String> memory(Parameter part) {
      return names.stream().map(name -> memoryName(name, part.name())).toList();
    }
  }

  private record RuleAndShape(OptimizerRule<?> rule, List<Long> shape) {}

  /** The group of parameters of one shape, and each parameter's memory. */
  private record Compiled(Group group, List<Parameter> memory) {}

  /** The key of a group. */
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
   * @param trained the parameters with gradients
   * @param rules how each parameter is optimized
   * @throws InlayException if an optimizer changes a parameter's shape or type
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

  /** The groups of parameters with the same update. */
  public List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /** The optimizer's buffers and counters for all parameters, by their full names. */
  public List<Parameter> memory() {
    return Collections.unmodifiableList(memory);
  }
}
