package dev.inlay.contract;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Node;
import dev.inlay.graph.Parameter;
import dev.inlay.graph.Walk;
import dev.inlay.guard.Guard;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.Computation;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A small network around one technique, with seeded parameters, whose outputs are examined. */
final class TrialNetwork {

  static final int CLASSES = 5;

  private final Subject subject;
  private final Assembly assembly;
  private final String stage;
  private final List<Tensor> outputs = new ArrayList<>();
  private @Nullable Map<String, HostArray> parameters;
  private @Nullable Map<String, HostArray> initial;
  private @Nullable String program;

  private TrialNetwork(NetworkSpec spec, Subject subject) {
    this.subject = subject;
    assembly = Assembly.of(spec, CLASSES);
    stage = subject.technique().name();
    for (Assembly.Stage made : assembly.stages()) {
      if (made.name().equals(stage)) {
        outputs.addAll(made.outputs());
      }
    }
    if (subject.technique() instanceof Decoder) {
      outputs.add(assembly.fullLogits());
    }
    assembly.sides().values().forEach(side -> outputs.add(side.output()));
  }

  /** The spec of the network around a technique with these options, as a spec writes them. */
  static NetworkSpec spec(Subject subject, String options) {
    String before = subject.technique() instanceof Backbone ? "" : "given | ";
    String after = subject.isDecoder() ? "" : " | given-classifier";
    return NetworkSpec.parse(before + subject.stage(options) + after, subject.techniques());
  }

  static TrialNetwork of(Subject subject, String options) {
    return of(subject, spec(subject, options));
  }

  static TrialNetwork of(Subject subject, NetworkSpec spec) {
    return new TrialNetwork(spec, subject);
  }

  Assembly assembly() {
    return assembly;
  }

  /** The name of the technique's stage. */
  String stage() {
    return stage;
  }

  /** The technique's outputs: its maps or logits, the full logits, the side outputs. */
  List<Tensor> outputs() {
    return outputs;
  }

  /** The nodes that the technique described and its outputs read. */
  List<Node> described() {
    List<Node> roots = outputs.stream().map(Node.class::cast).toList();
    return Walk.order(roots).stream().filter(node -> node.origin().stage().equals(stage)).toList();
  }

  /** Whether the network learns from images of this height and width. */
  boolean accepts(int[] size) {
    try {
      assembly.requireCrop(size[0], size[1]);
      return true;
    } catch (InlayException e) {
      return false;
    }
  }

  /** The technique's own parameters and buffers. */
  List<Parameter> own() {
    return assembly.graph().parameters().values().stream()
        .filter(parameter -> parameter.name().startsWith(stage + "."))
        .toList();
  }

  /** The names of the technique's trained parameters. */
  List<String> trained() {
    return own().stream().filter(Parameter::isTrained).map(Parameter::name).toList();
  }

  /** All parameters of the network, with the values of seed 0. */
  Map<String, HostArray> parameters() {
    Map<String, HostArray> values = parameters;
    if (values == null) {
      values = parameters(0);
      parameters = values;
    }
    return values;
  }

  /**
   * The program of the outputs as text: the values that it reads, by name, then what it computes.
   */
  String program() {
    String text = program;
    if (text == null) {
      List<Node> nodes = outputs.stream().map(Node.class::cast).toList();
      Program described = new Program(assembly.graph(), nodes, ProgramOptions.INFERENCE, false);
      text = described.stored() + "\n" + Source.forward(described);
      program = text;
    }
    return text;
  }

  Map<String, HostArray> parameters(long seed) {
    Map<String, HostArray> values = new LinkedHashMap<>();
    assembly.graph().parameters().values().forEach(p -> values.put(p.name(), value(p, seed)));
    return values;
  }

  /** Initial values plus small random ones, so that no parameter of 0 blocks gradients. */
  private HostArray value(Parameter parameter, long seed) {
    float[] values = initial(parameter, seed);
    if (parameter.kind() != Parameter.Kind.COUNTER) {
      Random random = new Random(~(seed + parameter.name().hashCode()));
      for (int i = 0; i < values.length; i++) {
        double move = 0.1 * random.nextGaussian();
        values[i] += (float) (parameter.isTrained() ? move : Math.abs(move));
      }
    }
    return new HostArray(sizes(parameter), values);
  }

  /**
   * Whether another network computes the same with these values, as can be seen without running it:
   * it has the same program, and each value that the program reads is the same.
   */
  boolean computesAs(TrialNetwork other, Map<String, HostArray> values) {
    if (!program().equals(other.program())) {
      return false;
    }
    Map<String, HostArray> own = parameters();
    return own.keySet().equals(values.keySet())
        && own.entrySet().stream()
            .allMatch(
                each -> same(each.getValue(), Objects.requireNonNull(values.get(each.getKey()))));
  }

  private static boolean same(HostArray one, HostArray other) {
    return Arrays.equals(one.shape(), other.shape()) && Arrays.equals(one.values(), other.values());
  }

  /** The values with which training begins. */
  Map<String, HostArray> initial() {
    Map<String, HostArray> values = initial;
    if (values == null) {
      values = new LinkedHashMap<>();
      for (Parameter parameter : assembly.graph().parameters().values()) {
        values.put(parameter.name(), new HostArray(sizes(parameter), initial(parameter, 0)));
      }
      initial = values;
    }
    return values;
  }

  private float[] initial(Parameter parameter, long seed) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    if (parameter.kind() != Parameter.Kind.COUNTER) {
      Random random = new Random(seed + parameter.name().hashCode());
      Guard.call(
          subject.technique(),
          () -> {
            parameter.init().fill(FloatBuffer.wrap(values), sizes(parameter), random);
            return true;
          });
    }
    return values;
  }

  static long[] sizes(Parameter parameter) {
    return parameter.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** The technique's outputs for images in inference, with its {@link #parameters()}. */
  List<HostArray> run(HostArray images) {
    return LoadedTrials.run(this, images);
  }

  /** The technique's outputs for images, of a program that is loaded anew. */
  List<HostArray> run(ProgramOptions options, Map<String, HostArray> parameters, HostArray images) {
    return run(options, parameters, List.of(images)).get(0);
  }

  /** The technique's outputs for each of some images, of a program that is loaded anew. */
  List<List<HostArray>> run(
      ProgramOptions options, Map<String, HostArray> parameters, List<HostArray> images) {
    try (Computation computation =
        new Computation(assembly.graph(), outputs, options, parameters)) {
      return images.stream().map(each -> computation.run(Map.of(Assembly.IMAGE, each))).toList();
    }
  }

  /** The gradients of a random linear combination of all outputs of the technique. */
  Map<String, HostArray> gradients(long seed, HostArray images) {
    List<HostArray> cotangents = new ArrayList<>();
    for (HostArray output : run(images)) {
      cotangents.add(Values.random(output.shape()));
    }
    return GraphRunner.gradients(
        assembly.graph(),
        outputs,
        ProgramOptions.INFERENCE,
        cotangents,
        seed == 0 ? parameters() : parameters(seed),
        Map.of(Assembly.IMAGE, images));
  }

  /** The author's line of the node that made an output; empty where no line is known. */
  String line(int output) {
    return outputs.get(output) instanceof Node node ? node.origin().line() : "";
  }

  /** What was tried, in words. */
  String on(int batch, int[] size) {
    return "%s on images %dx3x%dx%d".formatted(assembly.spec(), batch, size[0], size[1]);
  }

  @Override
  public String toString() {
    return assembly.spec().toString();
  }
}
