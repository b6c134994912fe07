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

/** Outputs of a graph made ready to run: rewritten as the options ask, with all they read. */
public final class Program {

  /** A stored value and the value that one step of training leaves in it. */
  public record Update(Node stored, Node value) {}

  private final ProgramOptions options;
  private final List<Node> outputs;
  private final List<Update> updates = new ArrayList<>();
  private final List<Node> inputs;
  private final Map<String, Node> prepared;
  private final List<String> stored = new ArrayList<>();
  private final List<Node> order;
  private final Set<Node> inPlace;

  /** A program for these outputs of a graph; what they do not reach is not in it. */
  public Program(Graph graph, List<? extends Tensor> outputs, ProgramOptions options) {
    this(graph, outputs, options, !options.training());
  }

  /**
   * A program for these outputs of a graph.
   *
   * @param prepares whether what depends on parameters alone is computed apart and only once
   */
  public Program(
      Graph graph, List<? extends Tensor> outputs, ProgramOptions options, boolean prepares) {
    this.options = options;
    List<Node> roots = new ArrayList<>();
    outputs.forEach(output -> roots.add((Node) output));
    List<Graph.Update> wanted = options.training() ? updatesOf(graph, roots) : List.of();
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

  /** The updates of what the outputs read: a head that is not computed does not count batches. */
  private static List<Graph.Update> updatesOf(Graph graph, List<Node> roots) {
    Set<String> read = new HashSet<>();
    for (Node node : Walk.order(roots)) {
      if (node.operator() == Operator.PARAMETER) {
        read.add(scopeOf(node.name()));
      }
    }
    return graph.updates().stream().filter(u -> read.contains(scopeOf(u.stored().name()))).toList();
  }

  private List<Node> available(Graph graph) {
    List<Node> available = graph.inputs();
    for (Pass pass : options.passes()) {
      available = pass.inputs(available);
    }
    return available;
  }

  /** The inputs that are read, and those whose size is: some input must bring each symbol. */
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

  /** The graph's inputs that the program reads, in the order in which it takes them. */
  public List<Node> inputs() {
    return inputs;
  }

  public List<Node> outputs() {
    return outputs;
  }

  /** The names of the parameters and prepared values it reads, in the order it takes them. */
  public List<String> stored() {
    return Collections.unmodifiableList(stored);
  }

  /** The names of the values that are computed once from the parameters. */
  public List<String> prepared() {
    return List.copyOf(prepared.keySet());
  }

  /** The parameters that the prepared values are computed from, in the order of that program. */
  public List<String> preparedFrom() {
    return Walk.order(List.copyOf(prepared.values())).stream()
        .filter(node -> node.operator() == Operator.PARAMETER)
        .map(Node::name)
        .toList();
  }

  /** Which of a graph's parameters the program or its preparation reads. */
  public List<Parameter> parameters(Graph graph) {
    Set<String> read = new HashSet<>(stored);
    read.addAll(preparedFrom());
    return graph.parameters().values().stream().filter(p -> read.contains(p.name())).toList();
  }

  /** The values that are computed once, as {@link #prepared} names them. */
  public List<Node> preparedNodes() {
    return List.copyOf(prepared.values());
  }

  /** What one step of training leaves in stored values, besides what an optimizer does. */
  public List<Update> updates() {
    return Collections.unmodifiableList(updates);
  }

  /** All operations with the inputs and stored values they read, operands before users. */
  public List<Node> order() {
    return Collections.unmodifiableList(order);
  }

  /** Whether an operation may write into its first operand's memory. */
  public boolean writesInPlace(Node node) {
    return inPlace.contains(node);
  }

  @Override
  public String toString() {
    return "program with " + order.size() + " operations for " + outputs;
  }
}
