package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * An operation on operands, and its result. It is the only implementation of {@link
 * dev.inlay.Tensor}; {@link Operations} has the methods for authors, this class those for the
 * compiler.
 */
public final class Node extends Operations {

  private final Graph graph;
  private final Operator operator;
  private final List<Node> operands;
  private final Attributes attributes;
  private final Shape layout;
  private final Origin origin;

  Node(
      Graph graph,
      Operator operator,
      List<Node> operands,
      Attributes attributes,
      Shape layout,
      Origin origin) {
    this.graph = graph;
    this.operator = operator;
    this.operands = List.copyOf(operands);
    this.attributes = attributes;
    this.layout = layout;
    this.origin = origin;
  }

  // For the compiler

  public Operator operator() {
    return operator;
  }

  public List<Node> operands() {
    return operands;
  }

  /** The operand at a position. */
  public Node operand(int place) {
    return operands.get(place);
  }

  /** The operands of a convolution or a normalisation by name. */
  public Operands roles() {
    return new Operands(operands);
  }

  public Attributes attributes() {
    return attributes;
  }

  /** The attributes as the record that the operator's row names. */
  public <A extends Attributes> A attributes(Class<A> type) {
    return type.cast(attributes);
  }

  /** The name of an input or a parameter. */
  public String name() {
    return attributes(Attributes.Name.class).name();
  }

  /** The symbols in the sizes of the attributes and of the result. */
  public Set<String> symbols() {
    Set<String> symbols = new TreeSet<>();
    layout.dims().forEach(size -> symbols.addAll(size.symbols()));
    attributes.dims().forEach(size -> symbols.addAll(size.symbols()));
    return symbols;
  }

  public Origin origin() {
    return origin;
  }

  /**
   * The scope of the parameters that it reads, as in {@code aspp.branches.2}; of an operation
   * without parameters, that of the ones nearest before it. Empty if there are none.
   */
  public String scope() {
    return Repeated.scope(List.of(this)).orElse("");
  }

  public Cost cost() {
    return operator.cost(new Operands(operands), attributes, layout);
  }

  Shape layout() {
    return layout;
  }

  /** The same operation at the same origin on other operands. */
  public Node withOperands(List<Node> changed) {
    return new Node(graph, operator, changed, attributes, layout, origin);
  }

  /** The same operation at the same origin with its operands replaced. */
  public Node withOperands(UnaryOperator<Node> replacement) {
    List<Node> changed = new ArrayList<>();
    for (Node operand : operands) {
      changed.add(replacement.apply(operand));
    }
    return withOperands(changed);
  }

  /** The same operation with one operand replaced. */
  public Node withOperand(int place, Node operand) {
    List<Node> changed = new ArrayList<>(operands);
    changed.set(place, operand);
    return withOperands(changed);
  }

  /** An operation at the same origin; its shape follows from the operands. */
  public Node derived(Operator next, Attributes how, Node... on) {
    return derived(next, how, List.of(on));
  }

  /** An operation at the same origin; its shape follows from the operands. */
  public Node derived(Operator next, Attributes how, List<Node> on) {
    return new Node(graph, next, on, how, next.shape(new Operands(on), how), origin);
  }

  /** A stored value with this shape and a name. */
  public Node asStored(String name) {
    return derived(Operator.PARAMETER, List.of(), new Attributes.Name(name));
  }

  /** This value with another storage type of its elements. */
  public Node cast(ElementType type) {
    return derived(Operator.CAST, List.of(this), new Attributes.Element(type));
  }

  /** This value in the channels-last memory layout. */
  public Node channelsLast() {
    return derived(Operator.CHANNELS_LAST, List.of(this), new Attributes.None());
  }

  /**
   * Pixels (B,H,W,C) from 0 to 255 as planes (B,C,H,W): (x / 255 - mean) / deviation, by channel.
   */
  public Node normalized(Tensor mean, Tensor deviation) {
    return operation(Operator.NORMALIZE, new Attributes.None(), List.of(this, mean, deviation));
  }

  private Node derived(Operator next, List<Node> from, Attributes how) {
    return new Node(graph, next, from, how, layout, origin);
  }

  // For the author

  @Override
  Node operation(Operator next, Attributes how, List<? extends Tensor> on) {
    return graph.node(next, how, on);
  }

  @Override
  Node declared(String expression, Type type, List<Dim> shape, List<? extends Tensor> on) {
    return graph.declared(expression, new Shape(type, shape), on);
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
