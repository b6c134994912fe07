package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.inlay.Tensor;
import dev.inlay.compile.Piece;
import dev.inlay.compile.Program;
import dev.inlay.compile.torch.PieceSource;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A training loss with its gradients, operation by operation: forward from the images to the loss,
 * then backward, where each operation is computed again with its gradient. All values are kept
 * until the end, as in training; a gradient is released once it is passed on.
 */
public final class StepwiseGradients implements AutoCloseable {

  /** Learns which gradients are passed back. */
  public interface BackwardWatcher {

    /**
     * A gradient has reached an operation, which has passed it on.
     *
     * @param gradient the gradient with respect to the operation's result
     * @param passedOn the gradients with respect to its operands
     */
    void passed(
        Node operation, double milliseconds, ValueStatistics gradient, List<PassedOn> passedOn);
  }

  /**
   * The gradient that an operation passes on to an operand.
   *
   * @param operand a value or a trained parameter
   */
  public record PassedOn(Node operand, ValueStatistics gradient) {}

  /** Operators whose results differ from call to call unless the engine is seeded. */
  private static final Set<Operator> RANDOM =
      EnumSet.of(Operator.DROPOUT, Operator.CHANNEL_DROPOUT, Operator.RAW);

  private final Network network;
  private final Program program;
  private final List<Piece> pieces;
  private final Set<Node> learning;
  private final Map<Piece, List<String>> trained = new IdentityHashMap<>();
  private final StoredValues stored;
  private final Script script;
  private final ValueLook look;
  private final BatchSize size;

  /**
   * Loads the operations.
   *
   * @param program for images as bytes; its first output is the loss, a scalar
   * @param pieces its operations, one each
   */
  public StepwiseGradients(Network network, Program program, List<Piece> pieces, BatchSize size) {
    this.network = network;
    this.program = program;
    this.pieces = List.copyOf(pieces);
    this.size = size;
    Map<String, Parameter> parameters = network.assembly().graph().parameters();
    learning = learning(this.pieces, parameters);
    PieceSource source = new PieceSource(program.options().training(), size.symbols());
    StringBuilder methods = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      methods.append(source.forward("f" + i, piece, node -> false));
      if (learning.contains(piece.nodes().get(0))) {
        List<String> weights =
            piece.stored().stream().filter(name -> isTrained(parameters.get(name))).toList();
        trained.put(piece, weights);
        methods.append(source.backward("b" + i, piece, learningOperands(piece), weights));
      }
    }
    script = new Script(network.manager(), methods.toString());
    look = new ValueLook(network.manager());
    stored = new StoredValues(network.manager(), program, network.parameters()::get);
  }

  private static boolean isTrained(@Nullable Parameter parameter) {
    return parameter != null && parameter.isTrained();
  }

  /** The operations that a gradient passes through, on its way to a trained parameter. */
  private static Set<Node> learning(List<Piece> pieces, Map<String, Parameter> parameters) {
    Set<Node> learning = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Piece piece : pieces) {
      Node node = piece.nodes().get(0);
      boolean passes = node.operator() != Operator.DETACH && node.type() == Tensor.Type.FLOAT;
      if (passes
          && node.operands().stream()
              .anyMatch(
                  operand ->
                      learning.contains(operand)
                          || (operand.operator() == Operator.PARAMETER
                              && isTrained(parameters.get(operand.name()))))) {
        learning.add(node);
      }
    }
    return learning;
  }

  private List<Node> learningOperands(Piece piece) {
    return piece.takes().stream().filter(learning::contains).toList();
  }

  /**
   * Runs forward and backward; a run before it warms the engine up, whose first calls take longer.
   *
   * @param images bytes (B,H,W,3) of red, green and blue, in a direct buffer
   * @param labels class ids (B,H,W), a byte each, in a direct buffer
   */
  public void run(
      ByteBuffer images,
      ByteBuffer labels,
      Normalization normalization,
      PiecewiseProgram.Watcher forward,
      BackwardWatcher backward) {
    EngineCalls.during(
        () -> {
          once(images, labels, normalization, (piece, time, values) -> {}, (n, t, g, on) -> {});
          once(images, labels, normalization, forward, backward);
        });
  }

  private void once(
      ByteBuffer images,
      ByteBuffer labels,
      Normalization normalization,
      PiecewiseProgram.Watcher forward,
      BackwardWatcher backward) {
    try (NDManager run = network.manager().newSubManager();
        ValuesInReach values = new ValuesInReach(run, stored, look)) {
      Map<String, NDArray> inputs =
          Images.inputs(run, images, size.batch(), size.height(), size.width(), normalization);
      inputs.put(
          GradientProgram.LABELS,
          GradientProgram.ids(run, labels, new Shape(size.batch(), size.height(), size.width())));
      for (Node input : program.inputs()) {
        values.put(input, Objects.requireNonNull(inputs.get(input.name()), input.name()));
      }
      forward(values, forward);
      backward(values, backward);
    }
  }

  /** Gradients may be computed of what it computes, although none are recorded. */
  private void forward(ValuesInReach values, PiecewiseProgram.Watcher watcher) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      seed(piece, i);
      long start = System.nanoTime();
      NDList given = script.call(values.manager(), "f" + i, true, values.arguments(piece));
      values.await();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      values.put(piece.nodes().get(0), given.singletonOrThrow());
      watcher.ran(piece, milliseconds, values);
    }
  }

  private void backward(ValuesInReach values, BackwardWatcher watcher) {
    Map<Node, NDArray> gradients = new IdentityHashMap<>();
    Node loss = program.outputs().get(0);
    gradients.put(loss, values.get(loss).onesLike());
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      Node node = piece.nodes().get(0);
      NDArray gradient = gradients.remove(node);
      if (gradient != null) {
        pass(i, gradient, values, gradients, watcher);
        gradient.close();
      }
    }
  }

  private void pass(
      int place,
      NDArray gradient,
      ValuesInReach values,
      Map<Node, NDArray> gradients,
      BackwardWatcher watcher) {
    Piece piece = pieces.get(place);
    Node node = piece.nodes().get(0);
    ValueStatistics reached = look.statistics(values.manager(), gradient);
    List<String> weights = trained.get(piece);
    if (weights == null) {
      watcher.passed(node, 0, reached, List.of());
      return;
    }
    NDList arguments = values.arguments(piece);
    arguments.addAll(Script.list("g", List.of(gradient)));
    seed(piece, place);
    long start = System.nanoTime();
    NDList made = script.call(values.manager(), "b" + place, true, arguments);
    values.await();
    double milliseconds = (System.nanoTime() - start) / 1e6;
    List<Node> operands = new ArrayList<>(learningOperands(piece));
    int computed = operands.size();
    weights.forEach(name -> operands.add(parameter(node, name)));
    List<PassedOn> passedOn = new ArrayList<>();
    for (int k = 0; k < made.size(); k++) {
      NDArray each = made.get(k);
      passedOn.add(new PassedOn(operands.get(k), look.statistics(values.manager(), each)));
      if (k < computed) {
        add(gradients, operands.get(k), each);
      } else {
        each.close();
      }
    }
    watcher.passed(node, milliseconds, reached, passedOn);
  }

  private static Node parameter(Node node, String name) {
    return node.operands().stream()
        .filter(each -> each.operator() == Operator.PARAMETER && each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void add(Map<Node, NDArray> gradients, Node to, NDArray share) {
    NDArray known = gradients.get(to);
    if (known == null) {
      gradients.put(to, share);
      return;
    }
    gradients.put(to, known.add(share));
    known.close();
    share.close();
  }

  /** An operation is computed twice; dropout must leave out the same values again. */
  private void seed(Piece piece, int place) {
    if (RANDOM.contains(piece.nodes().get(0).operator())) {
      network.manager().getEngine().setRandomSeed(place);
    }
  }

  @Override
  public void close() {
    script.close();
    look.close();
    stored.close();
  }
}
