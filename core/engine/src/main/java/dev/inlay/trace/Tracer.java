package dev.inlay.trace;

import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.Network;
import dev.inlay.torch.PiecewiseProgram;
import dev.inlay.torch.StepwiseGradients;
import dev.inlay.torch.ValueStatistics;
import dev.inlay.torch.ValuesInReach;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a network operation by operation and notes what each computes. */
public final class Tracer {

  /** How many channels of a stage's output are kept as feature maps. */
  public static final int MOST_CHANNELS = 64;

  private static final int SIDE = 192;

  private final TracedStages stages;
  private final BatchSize size;
  private final Map<Node, TracedOperation> traced = new IdentityHashMap<>();
  private final Map<Node, TracedStage.Maps> maps = new IdentityHashMap<>();
  private final Set<Node> shown = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable Finding forward;
  private @Nullable Finding backward;

  private Tracer(TracedStages stages, BatchSize size, boolean withMaps) {
    this.stages = stages;
    this.size = size;
    for (int place = 0; withMaps && place < stages.count(); place++) {
      shown.addAll(stages.output(place));
    }
  }

  /**
   * Traces a prediction.
   *
   * @param options for inference
   * @param images bytes (B,H,W,3) of red, green and blue, in a direct buffer
   * @param withMaps whether the feature maps of stages are wanted
   */
  public static Trace prediction(
      Network network,
      ProgramOptions options,
      ByteBuffer images,
      BatchSize size,
      Normalization normalization,
      boolean withMaps) {
    Tensor logits = network.assembly().fullLogits();
    TracedStages stages =
        new TracedStages(network.assembly(), network.assembly().graph(), logits, options);
    Tracer tracer = new Tracer(stages, size, withMaps);
    try (PiecewiseProgram program =
        new PiecewiseProgram(network, stages.program(), stages.pieces(), size)) {
      program.run(images, normalization, (piece, time, values) -> {}); // first calls take longer
      program.run(
          images,
          normalization,
          (piece, time, values) -> tracer.ran(piece.nodes().get(0), time, values));
    }
    return tracer.trace();
  }

  /**
   * Traces a training loss and its gradients. The network's buffers, such as running means, change.
   *
   * @param graph the network's graph with labels and loss
   * @param options for training
   * @param images bytes (B,H,W,3) of red, green and blue, in a direct buffer
   * @param labels class ids (B,H,W), a byte each, in a direct buffer
   * @param withMaps whether the feature maps of stages are wanted
   */
  public static Trace training(
      Network network,
      Graph graph,
      Tensor loss,
      ProgramOptions options,
      ByteBuffer images,
      ByteBuffer labels,
      BatchSize size,
      Normalization normalization,
      boolean withMaps) {
    TracedStages stages = new TracedStages(network.assembly(), graph, loss, options);
    Tracer tracer = new Tracer(stages, size, withMaps);
    try (StepwiseGradients program =
        new StepwiseGradients(network, stages.program(), stages.pieces(), size)) {
      program.run(
          images,
          labels,
          normalization,
          (piece, time, values) -> tracer.ran(piece.nodes().get(0), time, values),
          tracer::passed);
    }
    return tracer.trace();
  }

  private void ran(Node node, double milliseconds, ValuesInReach values) {
    ValueStatistics statistics = values.statistics(node);
    String stage = stages.name(node);
    TracedOperation operation =
        new TracedOperation(
            stage,
            node.scope().startsWith(stage + ".") ? node.scope() : "",
            node.origin().line(),
            node.operator(),
            node.shape().stream().map(dim -> dim.value(size.symbols())).toList(),
            statistics,
            milliseconds,
            values.bytes(node),
            null,
            0);
    traced.put(node, operation);
    if (shown.contains(node) && node.rank() == 4 && node.type() == Tensor.Type.FLOAT) {
      int step = ValuesInReach.channelStep(node.channels(), MOST_CHANNELS);
      maps.put(
          node,
          new TracedStage.Maps(node.channels(), step, values.maps(node, MOST_CHANNELS, SIDE)));
    }
    if (forward == null && !statistics.isFinite() && makesNonFinite(node, statistics)) {
      forward = new Finding(operation, read(node, values));
    }
  }

  private boolean makesNonFinite(Node node, ValueStatistics made) {
    boolean states =
        node.attributes() instanceof Attributes.Scalar scalar
            && !Double.isFinite(scalar.value().doubleValue());
    List<ValueStatistics> read =
        node.operands().stream()
            .filter(traced::containsKey)
            .map(operand -> operation(operand).values())
            .toList();
    return (made.nans() > 0 && read.stream().allMatch(each -> each.nans() == 0))
        || (made.infinities() > 0 && !states && read.stream().allMatch(ValueStatistics::isFinite));
  }

  private List<Finding.Part> read(Node node, ValuesInReach values) {
    List<Finding.Part> parts = new ArrayList<>();
    for (Node operand : node.operands()) {
      ValueStatistics statistics =
          switch (operand.operator()) {
            case INPUT -> null;
            case PARAMETER -> values.stored(operand.name());
            default -> operation(operand).values();
          };
      if (statistics != null) {
        parts.add(new Finding.Part(name(operand), statistics));
      }
    }
    return parts;
  }

  private void passed(
      Node node,
      double milliseconds,
      ValueStatistics gradient,
      List<StepwiseGradients.PassedOn> passedOn) {
    TracedOperation operation = operation(node).with(gradient, milliseconds);
    traced.put(node, operation);
    boolean finite =
        gradient.isFinite() && passedOn.stream().allMatch(each -> each.gradient().isFinite());
    if (backward == null && !finite) {
      List<Finding.Part> parts = new ArrayList<>();
      passedOn.forEach(each -> parts.add(new Finding.Part(name(each.operand()), each.gradient())));
      backward = new Finding(operation, parts);
    }
  }

  private TracedOperation operation(Node node) {
    return Objects.requireNonNull(traced.get(node), node.toString());
  }

  private static String name(Node node) {
    if (node.operator() == Operator.PARAMETER) {
      return "the parameter '%s'".formatted(node.name());
    }
    String line = node.origin().line();
    return line.isEmpty() ? node.operator().name() : node.operator() + " at " + line;
  }

  private Trace trace() {
    List<TracedStage> list = new ArrayList<>();
    for (int place = 0; place < stages.count(); place++) {
      List<TracedOperation> operations =
          stages.operations(place).stream().map(this::operation).toList();
      Optional<Node> output = stages.output(place).stream().filter(traced::containsKey).findFirst();
      boolean isStage = !stages.spec(place).isEmpty();
      if (isStage || !operations.isEmpty()) {
        list.add(
            new TracedStage(
                stages.name(place),
                stages.spec(place),
                output.map(this::operation).orElse(null),
                operations,
                output.map(maps::get).orElse(null)));
      }
    }
    return new Trace(list, Optional.ofNullable(forward), Optional.ofNullable(backward));
  }
}
