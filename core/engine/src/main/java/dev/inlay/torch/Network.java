package dev.inlay.torch;

import ai.djl.ndarray.NDManager;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.ParameterMatch;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with its parameters on a device. Its programs for inference and training share them.
 */
public final class Network implements AutoCloseable {

  private final Assembly assembly;
  private final NDManager manager;
  private final Parameters parameters;

  private Network(Assembly assembly, String device) {
    this.assembly = assembly;
    this.manager = EngineStart.manager(Devices.of(device));
    this.parameters = new Parameters(manager, assembly.graph().parameters().values());
  }

  /** A network with initial parameters, which the seed determines. */
  public static Network fresh(Assembly assembly, String device, long seed) {
    Network network = new Network(assembly, device);
    network.manager.getEngine().setRandomSeed((int) seed);
    EngineCalls.during(
        () ->
            assembly.graph().parameters().values().parallelStream()
                .forEach(parameter -> network.parameters.initialize(parameter, seed)));
    return network;
  }

  /**
   * A network with the parameters of a file.
   *
   * @throws InlayException with the parameters that are missing, unknown or of another shape
   */
  public static Network load(Assembly assembly, TensorFile file, String device) {
    Map<String, List<Long>> wanted = new LinkedHashMap<>();
    assembly.graph().parameters().forEach((name, parameter) -> wanted.put(name, parameter.shape()));
    ParameterMatch.require(file, assembly.spec().toString(), wanted);
    assembly.graph().parameters().forEach((name, p) -> requireType(file, file.tensor(name), p));
    Network network = new Network(assembly, device);
    EngineCalls.during(
        () ->
            wanted
                .keySet()
                .forEach(name -> network.parameters.read(name, file, file.tensor(name))));
    return network;
  }

  /**
   * Loads initial values for the parameters that a file has; the others do not change.
   *
   * @throws InlayException if the file has an unknown parameter, or one of another shape
   */
  public void begin(TensorFile file) {
    for (TensorInfo tensor : file.tensors().values()) {
      Parameter parameter = assembly.graph().parameters().get(tensor.name());
      if (parameter == null) {
        throw new InlayException(
            "%s has %s, which is not a parameter of \"%s\". Use a file that was made for that network."
                .formatted(file.path(), tensor.name(), assembly.spec()));
      }
      if (!parameter.shape().equals(tensor.shape())) {
        throw new InlayException(
            "%s has %s with the shape %s, but in \"%s\" it is %s. Set the stage's options as the file has them, or use another file."
                .formatted(
                    file.path(),
                    tensor.name(),
                    tensor.shape(),
                    assembly.spec(),
                    parameter.shape()));
      }
      requireType(file, tensor, parameter);
    }
    begin(file, file.tensors());
  }

  /**
   * Loads initial values for some parameters; the others do not change.
   *
   * @param sources the file's tensor for each parameter, with the same number of elements;
   *     floating-point for weights, whole for counters
   */
  public void begin(TensorFile file, Map<String, TensorInfo> sources) {
    EngineCalls.during(
        () -> sources.forEach((name, tensor) -> parameters.read(name, file, tensor)));
  }

  /** Requires I64 for counters and a floating-point type for weights, before anything is read. */
  private static void requireType(TensorFile file, TensorInfo tensor, Parameter parameter) {
    boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
    if (counts ? tensor.type() != TensorType.I64 : !tensor.type().floating()) {
      String right = counts ? "I64" : "F32, F16, BF16 or F64";
      throw new InlayException(
          "%s has %s as %s, but it must be %s. Save it in that type."
              .formatted(file.path(), tensor.name(), tensor.type(), right));
    }
  }

  /** Saves the parameters and the model's description as one file. */
  public void save(Path path, ModelInfo info) {
    List<TensorInfo> tensors =
        assembly.graph().parameters().values().stream().map(TensorInfo::of).toList();
    SafetensorsWriter.write(
        path,
        info.toMetadata(),
        tensors,
        (tensor, channel) -> parameters.write(tensor.name(), channel));
  }

  /** A program for prediction; it reads the network's parameters until it is closed. */
  public Inference inference(ProgramOptions options) {
    return new Inference(manager, assembly, parameters, options);
  }

  /**
   * A program for prediction, the network's only further use: the memory of parameters that it does
   * not read directly, such as auxiliary heads and folded layers, is released.
   */
  public Inference inferenceOnly(ProgramOptions options) {
    Inference inference = inference(options);
    parameters.keepOnly(inference.stored());
    return inference;
  }

  /** {@link #inferenceOnly} from normalised images to logits, for benchmarks. */
  public LogitsProgram logitsOnly(ProgramOptions options) {
    LogitsProgram logits = new LogitsProgram(manager, assembly, parameters, options);
    parameters.keepOnly(logits.stored());
    return logits;
  }

  /**
   * A program for the probabilities of classes. It reads the same parameters as {@link #inference}
   * with these options.
   *
   * @throws InlayException if the options prepare values from weights, as folding does
   */
  public ProbabilityProgram probabilities(ProgramOptions options) {
    return new ProbabilityProgram(manager, assembly, parameters, options);
  }

  public Assembly assembly() {
    return assembly;
  }

  NDManager manager() {
    return manager;
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    manager.close();
  }
}
