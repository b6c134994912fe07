package dev.inlay.compile;

import dev.inlay.Tensor;
import dev.inlay.compile.pass.InPlace;
import dev.inlay.compile.pass.Pass;
import dev.inlay.compile.pass.Prepared;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A program: a graph's outputs after the passes of its options, with all their operands. */
public final class Program {

  /** A stored value and its new value after a training step. */
  public record Update(Node stored, Node value) {}

  private final ProgramOptions options;
  private final List<Node> outputs;
  private final List<Update> updates = new ArrayList<>();
  private final List<Node> inputs;
  private final Map<String, Node> prepared;
  private final List<String> stored = new ArrayList<>();
  private final List<Node> order;
  private final Set<Node> inPlace;

  /** A program for outputs of a graph, without the nodes that no output depends on. */
  public Program(Graph graph, List<? extends Tensor> outputs, ProgramOptions options) {
    this(graph, outputs, options, !options.training());
  }

  /**
   * A program for these outputs of a graph.
   *
   * @param prepares whether values that depend on parameters alone are computed once, in a program
   *     of their own
   */
  public Program(
      Graph graph, List<? extends Tensor> outputs, ProgramOptions options, boolean prepares) {
    this.options = options;
    List<Node> roots = new ArrayList<>();
    outputs.forEach(output -> roots.add((Node) output));
    List<Graph.Update> wanted =
        options.training() ? updatesOf(graph, roots, options.passes()) : List.of();
    wanted.forEach(update -> roots.add(update.value()));
    List<Node> whole = rewrite(roots);
    Prepared apart = prepares ? Prepared.of(whole) : Prepared.none(whole);
    prepared = apart.values();
    List<Node> rewritten = apart.roots();
    this.outputs = rewritten.subList(0, outputs.size());
    for (int i = 0; i < wanted.size(); i++) {
      updates.add(new Update(wanted.get(i).stored(), rewritten.get(outputs.size() + i)));
    }
    order = Walk.order(rewritten);
    inPlace = InPlace.of(rewritten);
    inputs = inputsOf(available(graph));
    for (Node node : order) {
      if (node.operator() == Operator.PARAMETER) {
        stored.add(node.name());
      }
    }
  }

  /** The updates of stored values that the outputs read; other heads are not updated. */
  private static List<Graph.Update> updatesOf(Graph graph, List<Node> roots, List<Pass> passes) {
    Set<String> read = new HashSet<>();
    for (Node node : Walk.order(roots)) {
      if (node.operator() == Operator.PARAMETER) {
        read.add(scopeOf(node.name()));
      }
    }
    return graph.updates().stream()
        .filter(update -> read.contains(scopeOf(update.stored().name())))
        .filter(update -> passes.stream().allMatch(pass -> pass.updates(update.stored().name())))
        .toList();
  }

  private List<Node> available(Graph graph) {
    List<Node> available = graph.inputs();
    for (Pass pass : options.passes()) {
      available = pass.inputs(available);
    }
    return available;
  }

  /** The inputs whose values are read, and inputs that define a symbol that is read. */
  private List<Node> inputsOf(List<Node> available) {
    Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> missing = new TreeSet<>();
    order.forEach(node -> missing.addAll(node.symbols()));
    for (Node input : available) {
      if (order.contains(input)) {
        needed.add(input);
        missing.removeAll(input.symbols());
      }
    }
    for (Node input : available) {
      if (missing.removeAll(input.symbols())) {
        needed.add(input);
      }
    }
    return available.stream().filter(needed::contains).toList();
  }

  private static String scopeOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private List<Node> rewrite(List<Node> described) {
    List<Node> roots = described;
    for (Pass pass : options.passes()) {
      roots = pass.apply(roots);
    }
    return roots;
  }

  public ProgramOptions options() {
    return options;
  }

  /** The graph's inputs that the program reads, in the order of its arguments. */
  public List<Node> inputs() {
    return inputs;
  }

  public List<Node> outputs() {
    return outputs;
  }

  /** The names of the parameters and prepared values, in the order of the program's list. */
  public List<String> stored() {
    return Collections.unmodifiableList(stored);
  }

  /** The names of the values that are computed once from the parameters. */
  public List<String> prepared() {
    return List.copyOf(prepared.keySet());
  }

  /** The parameters for the prepared values, in the order of the preparing program's list. */
  public List<String> preparedFrom() {
    return Walk.order(List.copyOf(prepared.values())).stream()
        .filter(node -> node.operator() == Operator.PARAMETER)
        .map(Node::name)
        .toList();
  }

  /** The parameters of a graph that the program or its preparation reads. */
  public List<Parameter> parameters(Graph graph) {
    Set<String> read = new HashSet<>(stored);
    read.addAll(preparedFrom());
    return graph.parameters().values().stream().filter(p -> read.contains(p.name())).toList();
  }

  /** The nodes of the values that are computed once, in the order of {@link #prepared}. */
  public List<Node> preparedNodes() {
    return List.copyOf(prepared.values());
  }

  /** The updates of stored values by the network itself in a training step. */
  public List<Update> updates() {
    return Collections.unmodifiableList(updates);
  }

  /** All operations, inputs and stored values, operands before users. */
  public List<Node> order() {
    return Collections.unmodifiableList(order);
  }

  /** Whether an operation may write to its first operand's memory. */
  public boolean writesInPlace(Node node) {
    return inPlace.contains(node);
  }

  @Override
  public String toString() {
    return "program with " + order.size() + " operations for " + outputs;
  }
}
