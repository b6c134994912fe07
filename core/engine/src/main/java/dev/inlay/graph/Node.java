package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An operation on operands, and the tensor it makes: the one implementation of {@link
 * dev.inlay.Tensor}. What the compiler reads is here; what authors call is in {@link Operations}.
 */
public final class Node extends Operations {

  private final Graph graph;
  private final Operator operator;
  private final List<@Nullable Object> arguments;
  private final Shape layout;
  private final Origin origin;

  Node(Graph graph, Operator operator, List<? extends @Nullable Object> arguments, Shape layout) {
    this(graph, operator, arguments, layout, graph.origin(operator));
  }

  private Node(
      Graph graph,
      Operator operator,
      List<? extends @Nullable Object> arguments,
      Shape layout,
      Origin origin) {
    this.graph = graph;
    this.operator = operator;
    this.arguments = new ArrayList<>(arguments);
    this.layout = layout;
    this.origin = origin;
  }

  // What the compiler reads

  public Operator operator() {
    return operator;
  }

  /** Nodes, sizes, numbers, truth values, lists of these, {@link Literal}s; null for absent. */
  public List<@Nullable Object> arguments() {
    return arguments;
  }

  /** The nodes among the arguments, those in lists included. */
  public List<Node> operands() {
    List<Node> nodes = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Node node) {
        nodes.add(node);
      } else if (argument instanceof List<?> list) {
        list.forEach(
            element -> {
              if (element instanceof Node node) {
                nodes.add(node);
              }
            });
      }
    }
    return nodes;
  }

  /** The symbols of the sizes that the operation is told or makes. */
  public Set<String> symbols() {
    Set<String> symbols = new TreeSet<>();
    layout.dims().forEach(size -> symbols.addAll(size.symbols()));
    for (Object argument : arguments) {
      List<?> elements = argument instanceof List<?> list ? list : List.of();
      for (Object size : elements) {
        if (size instanceof Dim dim) {
          symbols.addAll(dim.symbols());
        }
      }
      if (argument instanceof Dim dim) {
        symbols.addAll(dim.symbols());
      }
    }
    return symbols;
  }

  /** The node at a place among the arguments. */
  public Node operand(int place) {
    return new Call(arguments).node(place);
  }

  /** The name of an input or a parameter. */
  public String name() {
    return new Call(arguments).text(0);
  }

  public Origin origin() {
    return origin;
  }

  public Cost cost() {
    return operator.cost(arguments, layout);
  }

  Shape layout() {
    return layout;
  }

  /** The same operation at the same origin with its operands replaced. */
  public Node withOperands(UnaryOperator<Node> replacement) {
    List<@Nullable Object> changed = new ArrayList<>();
    for (Object argument : arguments) {
      changed.add(replaced(argument, replacement));
    }
    return new Node(graph, operator, changed, layout, origin);
  }

  private static @Nullable Object replaced(
      @Nullable Object argument, UnaryOperator<Node> replacement) {
    if (argument instanceof Node node) {
      return replacement.apply(node);
    }
    if (argument instanceof List<?> list) {
      return list.stream().map(element -> replaced(element, replacement)).toList();
    }
    return argument;
  }

  /** The same operation with one argument replaced. */
  public Node withArgument(int place, @Nullable Object argument) {
    List<@Nullable Object> changed = new ArrayList<>(arguments);
    changed.set(place, argument);
    return new Node(graph, operator, changed, layout, origin);
  }

  /** A value of this shape that the program finds among its stored values under a name. */
  public Node asStored(String name) {
    return new Node(graph, Operator.PARAMETER, List.of(new Literal(name)), layout, origin);
  }

  /** This value in another element type of the engine, such as 15 for bfloat16. */
  public Node cast(int elementType) {
    return new Node(graph, Operator.CAST, List.of(this, elementType), layout, origin);
  }

  /** This value laid out with channels innermost. */
  public Node channelsLast() {
    Literal format = new Literal("memory_format=2");
    return new Node(graph, Operator.CONTIGUOUS, List.of(this, format), layout, origin);
  }

  // What the author reads

  @Override
  Node operation(Operator next, @Nullable Object... arguments) {
    return graph.node(next, arguments);
  }

  @Override
  Node declared(List<Object> expression, Type type, List<Dim> shape) {
    return new Node(graph, Operator.RAW, expression, new Shape(type, shape));
  }

  /** An expression that is the value itself, with what it spares as a further argument. */
  @Override
  public Tensor sparing(Dim multiplyAdds) {
    return declared(List.of(new Literal("$0"), this, multiplyAdds), type(), shape());
  }

  @Override
  public Type type() {
    return layout.type();
  }

  @Override
  public List<Dim> shape() {
    return layout.dims();
  }

  @Override
  public Dim dim(int axis) {
    return layout.dim(axis);
  }

  @Override
  public String toString() {
    return operator + layout.toString();
  }
}
