package dev.inlay.contract;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.LabelCounts;
import dev.inlay.Objective;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Walk;
import dev.inlay.guard.Guard;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.torch.DoubleFunction;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** One objective on an output of two images and labels (B,H,W), some of them ignored. */
final class TrialObjective {

  static final int HEIGHT = 12;
  static final int WIDTH = 10;
  private static final int BATCH = 2;
  private static final int CLASSES = 4;
  private static final int IGNORED = 255;
  private static final String OUTPUT = "output";
  private static final String LABELS = "labels";
  private static final HostArray ONE = new HostArray(new long[0], new float[] {1});

  private final ObjectiveSpec.Term<?> term;

  /** The shape of what it takes; logits (B,K,h,w) of most. */
  private final long[] shape;

  private TrialObjective(ObjectiveSpec.Term<?> term, long[] shape) {
    this.term = term;
    this.shape = shape;
  }

  static TrialObjective of(Subject subject, String options) {
    ObjectiveSpec.Term<?> term =
        ObjectiveSpec.parse(subject.stage(options), subject.techniques())
            .withLabels(TrialObjective::counts)
            .terms()
            .get(0);
    long[] logits = {BATCH, CLASSES, HEIGHT, WIDTH};
    TrialObjective ofLogits = new TrialObjective(term, logits);
    try {
      ofLogits.describe(logits);
      return ofLogits;
    } catch (InlayException e) {
      return side(subject).map(shape -> new TrialObjective(term, shape)).orElse(ofLogits);
    }
  }

  /** The shape of a side output that another technique supervises with this objective. */
  private static Optional<long[]> side(Subject subject) {
    for (Technique<?> each : subject.techniques().all()) {
      if (each instanceof Objective || each instanceof dev.inlay.Optimizer) {
        continue;
      }
      try {
        Subject other =
            new Subject(
                each,
                subject.techniques(),
                List.of(""),
                List.of(),
                Map.of(),
                Subject.SMALL,
                Optional.empty(),
                true);
        for (Assembly.Side side : TrialNetwork.of(other, "").assembly().sides().values()) {
          if (side.objective().terms().stream()
              .anyMatch(of -> of.objective().name().equals(subject.technique().name()))) {
            return Optional.of(shape(side.output()));
          }
        }
      } catch (InlayException e) {
        continue; // A technique that does not stand alone has no side output here.
      }
    }
    return Optional.empty();
  }

  private static long[] shape(Tensor output) {
    Map<String, Long> symbols = Map.of("B", (long) BATCH, "H", 96L, "W", 80L);
    long[] shape = output.shape().stream().mapToLong(size -> size.value(symbols)).toArray();
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = output.dim(axis).isExactly(TrialNetwork.CLASSES) ? CLASSES : shape[axis];
    }
    return shape;
  }

  boolean takesLogits() {
    return shape.length == 4 && shape[1] == CLASSES;
  }

  String takes() {
    return "The objective takes outputs of the shape %s, no logits (B,K,h,w)."
        .formatted(Arrays.toString(shape));
  }

  /** The operations that the author described, for an output of the usual size. */
  List<Node> described() {
    return Walk.order(List.of((Node) describe(shape).loss));
  }

  String line() {
    return describe(shape).loss instanceof Node node ? node.origin().line() : "";
  }

  float[] loss(HostArray output, HostArray labels) {
    Described described = describe(output.shape());
    return GraphRunner.run(
            described.graph,
            List.of(described.loss),
            ProgramOptions.TRAINING,
            Map.of(),
            Map.of(OUTPUT, output, LABELS, labels))
        .get(0)
        .values();
  }

  /** The gradient of the loss by the output. */
  float[] gradient(HostArray output, HostArray labels) {
    Described described = describe(output.shape());
    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            described.graph,
            List.of(described.loss),
            ProgramOptions.TRAINING,
            List.of(ONE),
            Map.of(),
            Map.of(OUTPUT, output, LABELS, labels));
    return Objects.requireNonNull(gradients.get(OUTPUT)).values();
  }

  /** The loss in double precision. */
  DoubleFunction function(HostArray output, HostArray labels) {
    Described described = describe(output.shape());
    return new DoubleFunction(
        described.graph,
        List.of(described.loss),
        ProgramOptions.TRAINING,
        Map.of(),
        Map.of(OUTPUT, output, LABELS, labels));
  }

  /** A loss in a graph of its own. */
  private record Described(Graph graph, Tensor loss) {}

  private Described describe(long[] sizes) {
    return describe(term, sizes);
  }

  private static <O extends Record> Described describe(ObjectiveSpec.Term<O> term, long[] sizes) {
    Graph graph = new Graph();
    Dim batch = Dim.symbol("B");
    Dim[] dims = Arrays.stream(sizes).mapToObj(Dim::of).toArray(Dim[]::new);
    dims[0] = batch;
    Tensor output = graph.input(OUTPUT, Tensor.Type.FLOAT, dims);
    Tensor labels = graph.input(LABELS, Tensor.Type.INTEGER, batch, Dim.of(HEIGHT), Dim.of(WIDTH));
    String name = term.objective().name();
    Tensor loss =
        Guard.answer(
            term.objective(),
            "loss",
            () ->
                graph.stage(
                    name,
                    () ->
                        term.objective()
                            .loss(term.options(), output, labels, IGNORED, graph.scope(name))));
    return new Described(graph, loss);
  }

  /** Normally distributed outputs of the objective's shape. */
  HostArray output() {
    return Values.random(shape);
  }

  /** Normally distributed logits of another size, if the objective takes logits. */
  HostArray output(int height, int width) {
    return takesLogits() ? Values.random(BATCH, CLASSES, height, width) : output();
  }

  /** Random labels without the last class; every fourth pixel has the ignore index. */
  static HostArray labels() {
    Random random = new Random(7);
    float[] ids = new float[BATCH * HEIGHT * WIDTH];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i % 4 == 0 ? IGNORED : random.nextInt(CLASSES - 1);
    }
    return new HostArray(new long[] {BATCH, HEIGHT, WIDTH}, ids);
  }

  /** How often the classes occur in {@link #labels}. */
  private static LabelCounts counts() {
    HostArray labels = labels();
    Long[] pixels = new Long[CLASSES];
    Long[] shown = new Long[CLASSES];
    Arrays.fill(pixels, 0L);
    Arrays.fill(shown, 0L);
    int area = HEIGHT * WIDTH;
    for (int image = 0; image < BATCH; image++) {
      long[] ofImage = new long[CLASSES];
      for (int i = image * area; i < (image + 1) * area; i++) {
        int id = (int) labels.values()[i];
        if (id != IGNORED) {
          ofImage[id]++;
        }
      }
      for (int k = 0; k < CLASSES; k++) {
        pixels[k] += ofImage[k];
        shown[k] += ofImage[k] > 0 ? Arrays.stream(ofImage).sum() : 0;
      }
    }
    return new LabelCounts(Arrays.asList(pixels), Arrays.asList(shown));
  }

  /** Labels that are all the ignore index. */
  static HostArray ignored() {
    float[] ids = new float[BATCH * HEIGHT * WIDTH];
    Arrays.fill(ids, IGNORED);
    return new HostArray(new long[] {BATCH, HEIGHT, WIDTH}, ids);
  }

  /** Confident logits for the class so many ids after the labelled one. */
  static HostArray sure(HostArray labels, int beside) {
    float[] values = new float[BATCH * CLASSES * HEIGHT * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int label = (int) labels.values()[pixel(i)];
      values[i] = (label + beside) % CLASSES == channel(i) ? 8 : 0;
    }
    return new HostArray(new long[] {BATCH, CLASSES, HEIGHT, WIDTH}, values);
  }

  /** Other logits at ignored pixels. */
  static HostArray changedWhereIgnored(HostArray logits, HostArray labels) {
    float[] changed = logits.values().clone();
    for (int i : ignoredPlaces(labels)) {
      changed[i] = 3 - 2 * changed[i];
    }
    return new HostArray(logits.shape(), changed);
  }

  /** The indices of ignored pixels in logits of the labels' size. */
  static List<Integer> ignoredPlaces(HostArray labels) {
    return IntStream.range(0, BATCH * CLASSES * HEIGHT * WIDTH)
        .filter(i -> labels.values()[pixel(i)] == IGNORED)
        .boxed()
        .toList();
  }

  private static int pixel(int place) {
    int area = HEIGHT * WIDTH;
    return place / (CLASSES * area) * area + place % area;
  }

  private static int channel(int place) {
    return place / (HEIGHT * WIDTH) % CLASSES;
  }

  @Override
  public String toString() {
    return "%s of outputs %s".formatted(term, Arrays.toString(shape));
  }
}
