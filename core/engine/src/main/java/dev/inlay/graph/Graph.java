package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.files.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a described network: inputs, parameters, updates in training, and operations, which
 * are reached from the outputs through their operands.
 */
public final class Graph {

  /** A stored value and its new value after each training step. */
  public record Update(Node stored, Node value) {}

  /**
   * A bound far above the size of any real network, against options from untrusted files that would
   * build an endless network.
   */
  private static final int MOST_OPERATIONS = 50_000;

  private final @Nullable Graph base;
  private final List<Node> inputs = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Node> parameterNodes = new LinkedHashMap<>();
  private final Set<String> askedAgain = new LinkedHashSet<>();
  private final List<Update> updates = new ArrayList<>();

  /** The errors that tell their place already, with the stage that ran when they came up. */
  private final Map<InlayException, String> placed;

  private String stage = "";
  private String lastScope = "";
  private int operations;

  /** An empty graph. */
  public Graph() {
    base = null;
    placed = new WeakHashMap<>();
  }

  private Graph(Graph base) {
    this.base = base;
    placed = base.placed;
    inputs.addAll(base.inputs);
    parameters.putAll(base.parameters);
    parameterNodes.putAll(base.parameterNodes);
    updates.addAll(base.updates);
  }

  /**
   * A copy that begins with the inputs, parameters and updates of this graph. Additions to the copy
   * do not change this graph: training adds labels and losses to a network in that way.
   */
  public Graph extended() {
    return new Graph(this);
  }

  /** Declares an argument of the program; its sizes are numbers or symbols. */
  public Tensor input(String name, Tensor.Type type, Dim... sizes) {
    Node node = named(Operator.INPUT, name, new Shape(type, List.of(sizes)));
    inputs.add(node);
    return node;
  }

  /** The root of the parameter tree below a prefix, which may be empty. */
  public Scope scope(String prefix) {
    return new GraphScope(this, prefix);
  }

  /** Runs one stage's description; its name goes into errors and into the emitted program. */
  public <T> T stage(String name, Supplier<T> description) {
    // Operations on values of the graph below belong to that graph.
    return base == null
        ? staged(name, description)
        : base.stage(name, () -> staged(name, description));
  }

  private <T> T staged(String name, Supplier<T> description) {
    String outer = stage;
    stage = name;
    lastScope = name;
    try {
      return description.get();
    } catch (InlayException e) {
      throw name.equals(placed.get(e))
          ? e
          : placed(place(name, e), Sentence.ended(String.valueOf(e.getMessage())), e);
    } finally {
      stage = outer;
    }
  }

  public List<Node> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** All parameters by full name, in the order in which they were first named. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** The names of the parameters that a description asked for more than once. */
  public Set<String> askedAgain() {
    return Collections.unmodifiableSet(askedAgain);
  }

  public List<Update> updates() {
    return Collections.unmodifiableList(updates);
  }

  /** The block is known where the author's line is: other errors are about the whole stage. */
  private Origin place(String name, InlayException error) {
    Origin origin = Origin.of(name, error);
    return origin.line().isEmpty()
        ? origin
        : new Origin(Repeated.block(name, lastScope), origin.line());
  }

  /** Notes the scope that an author works in, for errors. */
  void entered(String scope) {
    lastScope = scope;
  }

  void update(Tensor stored, Tensor value) {
    updates.add(new Update((Node) stored, (Node) value));
  }

  Node parameter(String name, Parameter.Kind kind, Init init, long... shape) {
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    if (sizes.stream().anyMatch(size -> size < 1)) {
      throw error(
          "parameter '%s' would have the shape %s; every size must be 1 or more"
              .formatted(name, sizes));
    }
    Parameter known = parameters.get(name);
    if (known != null && !known.shape().equals(sizes)) {
      throw error(
          "parameter '%s' already has the shape %s and can't also have %s; give it another name"
              .formatted(name, known.shape(), sizes));
    }
    Node node = parameterNodes.get(name);
    if (node == null) {
      Parameter parameter = new Parameter(name, sizes, kind, init);
      List<Dim> dims = sizes.stream().map(Dim::of).toList();
      node = named(Operator.PARAMETER, name, new Shape(parameter.type(), dims));
      parameters.put(name, parameter);
      parameterNodes.put(name, node);
    } else {
      askedAgain.add(name);
    }
    return node;
  }

  private Node named(Operator operator, String name, Shape shape) {
    Attributes.Name attributes = new Attributes.Name(name);
    return new Node(this, operator, List.of(), attributes, shape, origin(operator));
  }

  /**
   * Adds an operation.
   *
   * @throws InlayException with the author's line, if the shapes of the operands do not fit
   */
  Node node(Operator operator, Attributes attributes, List<? extends Tensor> operands) {
    count();
    List<Node> nodes = nodes(operands);
    try {
      Shape shape = operator.shape(new Operands(nodes), attributes);
      return new Node(this, operator, nodes, attributes, shape, origin(operator));
    } catch (InlayException e) {
      String scope = Repeated.scope(nodes).orElse(lastScope);
      throw error(Repeated.block(stage, scope), String.valueOf(e.getMessage()));
    }
  }

  /** Adds a raw expression, whose shape its author declares. */
  Node declared(String expression, Shape shape, List<? extends Tensor> operands) {
    count();
    List<Node> nodes = nodes(operands);
    Attributes.Expression attributes = new Attributes.Expression(expression);
    return new Node(this, Operator.RAW, nodes, attributes, shape, origin(Operator.RAW));
  }

  private static List<Node> nodes(List<? extends Tensor> tensors) {
    List<Node> nodes = new ArrayList<>();
    for (Tensor tensor : tensors) {
      nodes.add((Node) tensor);
    }
    return nodes;
  }

  private void count() {
    if (++operations > MOST_OPERATIONS) {
      throw error(
          "the network would have more than %d operations; lower the options that repeat things, such as depth, blocks or groups"
              .formatted(MOST_OPERATIONS));
    }
  }

  /** Inputs and parameters emit no line of code, so the slow stack walk is skipped for them. */
  Origin origin(Operator operator) {
    boolean named = operator == Operator.PARAMETER || operator == Operator.INPUT;
    return named ? new Origin(stage, "") : Origin.here(stage);
  }

  private InlayException error(String message) {
    return error(Repeated.block(stage, lastScope), message);
  }

  private InlayException error(String place, String message) {
    return placed(Origin.here(place), Sentence.ended(message), null);
  }

  /** An error that tells its place; the stage that runs adds no other. */
  public InlayException placed(Origin place, String message, @Nullable Throwable cause) {
    InlayException error = new InlayException("%s: %s".formatted(place, message), cause);
    placed.put(error, stage);
    return error;
  }
}
