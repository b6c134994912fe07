package dev.inlay.trace;

import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.StageOf;
import dev.inlay.compile.Piece;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a traced program by stage: first those on the image, then the stages of the
 * network, then the losses.
 */
final class TracedStages {

  private final Assembly assembly;
  private final Program program;
  private final List<List<Node>> groups = new ArrayList<>();
  private final Map<Node, Integer> places = new IdentityHashMap<>();

  /** For each stage of the network: its last map that is read, or null. */
  private final List<@Nullable Node> outputs = new ArrayList<>();

  /**
   * Compiles a program that keeps the outputs of stages apart.
   *
   * @param graph the network's graph, or an extended copy that has the loss
   * @param root what is computed: logits or a loss
   */
  TracedStages(Assembly assembly, Graph graph, Tensor root, ProgramOptions options) {
    this.assembly = assembly;
    Set<Node> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    reached.addAll(Walk.order(List.of((Node) root)));
    List<Tensor> wanted = new ArrayList<>(List.of(root));
    List<Tensor> network = new ArrayList<>(List.of(assembly.fullLogits()));
    assembly.sides().values().forEach(side -> network.add(side.output()));
    network.stream().filter(reached::contains).forEach(wanted::add);
    int ends = wanted.size();
    List<Integer> found = new ArrayList<>();
    for (Assembly.Stage stage : assembly.stages()) {
      List<Tensor> read = stage.outputs().stream().filter(reached::contains).toList();
      found.add(read.isEmpty() ? -1 : wanted.size());
      read.stream().skip(Math.max(0, read.size() - 1)).forEach(wanted::add);
    }
    boolean prepares = false; // what parameters alone determine is traced, too
    program = new Program(graph, wanted, options.fromPixels(assembly.image()), prepares);
    List<Node> made = program.outputs();
    found.forEach(place -> outputs.add(place < 0 ? null : made.get(place)));
    List<Node> networkOrder = Walk.order(made.subList(1, ends));
    groups.addAll(new StageOf(assembly, networkOrder).grouped(networkOrder));
    Set<Node> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(networkOrder);
    groups.add(
        Walk.order(made).stream()
            .filter(StageOf::isOperation)
            .filter(n -> !known.contains(n))
            .toList());
    for (int place = 0; place < groups.size(); place++) {
      for (Node node : groups.get(place)) {
        places.put(node, place);
      }
    }
  }

  Program program() {
    return program;
  }

  /** The operations, one each. */
  List<Piece> pieces() {
    return Piece.of(groups.stream().flatMap(List::stream).map(List::of).toList());
  }

  /** The name of an operation's stage. */
  String name(Node node) {
    return name(places.getOrDefault(node, 0));
  }

  /** How many there are, what precedes the first stage and the losses included. */
  int count() {
    return groups.size();
  }

  String name(int place) {
    if (place == 0) {
      return Trace.IMAGE;
    }
    return place > assembly.stages().size() ? Trace.LOSS : assembly.stages().get(place - 1).name();
  }

  /** How a stage is written; empty for what is none. */
  String spec(int place) {
    boolean none = place == 0 || place > assembly.stages().size();
    return none ? "" : assembly.stages().get(place - 1).spec();
  }

  List<Node> operations(int place) {
    return groups.get(place);
  }

  /**
   * The operations whose result is the output of a stage; none if it has no output that is read.
   */
  List<Node> output(int place) {
    if (place > 0 && place <= outputs.size()) {
      Node output = outputs.get(place - 1);
      return output == null ? List.of() : List.of(output);
    }
    List<Node> own = groups.get(place);
    return own.isEmpty() ? List.of() : own.subList(own.size() - 1, own.size());
  }
}
