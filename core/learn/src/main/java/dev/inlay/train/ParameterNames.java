package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The parameters of a network by what people call them: a stage, norms, biases, a pattern. */
public final class ParameterNames {

  /** The network's first stage. */
  public static final String BACKBONE = "backbone";

  private static final Set<Operator> NORMS =
      EnumSet.of(Operator.BATCH_NORM, Operator.GROUP_NORM, Operator.LAYER_NORM);

  private static final Set<Operator> BEHIND_CLASSIFIERS =
      EnumSet.of(
          Operator.RESIZE, Operator.RESIZE_NEAREST, Operator.DROPOUT, Operator.CHANNEL_DROPOUT);

  private static final int SHOWN = 6;

  private final Assembly assembly;
  private final List<Parameter> trained;

  /** The parameters of a network. */
  public ParameterNames(Assembly assembly) {
    this.assembly = assembly;
    trained = assembly.graph().parameters().values().stream().filter(Parameter::isTrained).toList();
  }

  /** The parameters that training changes, frozen ones included. */
  public List<Parameter> trained() {
    return trained;
  }

  /** The weights and biases of normalisation layers. */
  public Set<String> norms() {
    Set<String> norms = new TreeSet<>();
    for (Node node : Walk.order(outputs())) {
      if (NORMS.contains(node.operator())) {
        node.operands().stream()
            .filter(operand -> operand.operator() == Operator.PARAMETER)
            .map(Node::name)
            .filter(this::isTrained)
            .forEach(norms::add);
      }
    }
    return norms;
  }

  /**
   * The parameters of one axis that are not those of normalisation layers: biases, as timm says.
   */
  public Set<String> biases() {
    Set<String> norms = norms();
    return trained.stream()
        .filter(parameter -> parameter.shape().size() <= 1)
        .map(Parameter::name)
        .filter(name -> !norms.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The weights of classifiers: the last convolution before each output, with only resizing and
   * dropout behind it.
   */
  public Set<String> classifiers() {
    Set<String> weights = new TreeSet<>();
    for (Node output : outputs()) {
      Node node = output;
      while (BEHIND_CLASSIFIERS.contains(node.operator())) {
        node = node.operand(0);
      }
      if (node.operator() == Operator.CONV) {
        weights.add(((Node) node.roles().weight()).name());
      }
    }
    weights.removeIf(name -> !isTrained(name));
    return weights;
  }

  /** The pattern of the backbone's names. */
  public Pattern backbone() {
    return stage(assembly.stages().get(0).name());
  }

  /**
   * The pattern of the names that someone means.
   *
   * @param option what the message calls the text
   * @param what {@link #BACKBONE}, the name of a stage, or a regular expression to be found
   *     anywhere in full names
   * @throws InlayException if it is no pattern or no parameter has such a name
   */
  public Pattern of(String option, String what) {
    if (what.equals(BACKBONE)) {
      return backbone();
    }
    if (assembly.stages().stream().anyMatch(stage -> stage.name().equals(what))) {
      return stage(what);
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(what);
    } catch (PatternSyntaxException e) {
      throw new InlayException(
          "%s is '%s', which is neither a stage nor a regular expression: %s. Correct it."
              .formatted(option, what, e.getDescription()),
          e);
    }
    if (trained.stream().noneMatch(parameter -> pattern.matcher(parameter.name()).find())) {
      throw new InlayException(
          "%s is '%s', but no parameter has such a name. The stages are %s, and parameters are, among others, %s."
              .formatted(option, what, stages(), some()));
    }
    return pattern;
  }

  private String stages() {
    return assembly.stages().stream().map(Assembly.Stage::name).collect(Collectors.joining(", "));
  }

  /** Some names from beginning to end. */
  private String some() {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < SHOWN; i++) {
      some.add(trained.get((int) ((trained.size() - 1L) * i / (SHOWN - 1))).name());
    }
    return some.stream().distinct().collect(Collectors.joining(", "));
  }

  private static Pattern stage(String name) {
    return Pattern.compile("^" + Pattern.quote(name) + "\\.");
  }

  private boolean isTrained(String name) {
    Parameter parameter = assembly.graph().parameters().get(name);
    return parameter != null && parameter.isTrained();
  }

  private List<Node> outputs() {
    List<Tensor> outputs = new ArrayList<>(List.of(assembly.fullLogits()));
    assembly.sides().values().forEach(side -> outputs.add(side.output()));
    return outputs.stream().map(Node.class::cast).toList();
  }
}
