package dev.inlay.torch;

import ai.djl.ndarray.NDManager;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.ParameterMatch;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network with its parameters on a device. Its programs for inference and training share them.
 */
public final class Network implements AutoCloseable {

  private final Assembly assembly;
  private final String device;
  private final NDManager manager;
  private final Parameters parameters;

  private Network(Assembly assembly, String device) {
    this.assembly = assembly;
    this.device = device;
    this.manager = EngineStart.manager(Devices.of(device));
    this.parameters = new Parameters(manager, assembly.graph().parameters().values());
  }

  /** A network with initial parameters, which the seed determines. */
  public static Network fresh(Assembly assembly, String device, long seed) {
    return fresh(assembly, device, seed, Parameter::init);
  }

  /**
   * A network with initial parameters, which the seed determines.
   *
   * @param inits the initial values of each parameter, instead of those that its technique gives
   */
  public static Network fresh(
      Assembly assembly, String device, long seed, Function<Parameter, Init> inits) {
    Network network = new Network(assembly, device);
    network.manager.getEngine().setRandomSeed((int) seed);
    EngineCalls.during(
        () ->
            assembly.graph().parameters().values().parallelStream()
                .forEach(
                    parameter ->
                        network.parameters.initialize(
                            parameter.with(inits.apply(parameter)), seed)));
    return network;
  }

  /** A network of the same assembly on the same device, whose parameters have no values yet. */
  Network alike() {
    return new Network(assembly, device);
  }

  /**
   * A network with the parameters of a file.
   *
   * @throws InlayException with the parameters that are missing, unknown, of another shape, or have
   *     numbers that are NaN or infinite
   */
  public static Network load(Assembly assembly, TensorFile file, String device) {
    Collection<Parameter> wanted = assembly.graph().parameters().values();
    ParameterMatch.require(file, assembly.spec().toString(), wanted);
    Map<String, TensorInfo> sources = new LinkedHashMap<>();
    wanted.forEach(each -> sources.put(each.name(), file.tensor(each.name())));
    Network network = new Network(assembly, device);
    try {
      network.begin(file, sources);
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
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
      ParameterMatch.requireType(file, tensor, parameter);
    }
    begin(file, file.tensors());
  }

  /**
   * Loads initial values for some parameters; the others do not change.
   *
   * @param sources the file's tensor for each parameter, with the same number of elements;
   *     floating-point for weights, whole for counters
   * @throws InlayException if some of them have numbers that are NaN or infinite, which the network
   *     then has too
   */
  public void begin(TensorFile file, Map<String, TensorInfo> sources) {
    NonFinite numbers = new NonFinite();
    EngineCalls.during(
        () -> sources.forEach((name, tensor) -> parameters.read(name, file, tensor, numbers)));
    numbers.require(file.path().toString(), "Use a file from before these numbers came up.");
  }

  /**
   * Saves the parameters and the model's description as one file.
   *
   * @throws InlayException if some of them have numbers that are NaN or infinite, naming them; an
   *     existing file then does not change
   */
  public void save(Path path, ModelInfo info) {
    NonFinite numbers = new NonFinite();
    List<TensorInfo> tensors =
        assembly.graph().parameters().values().stream().map(TensorInfo::of).toList();
    SafetensorsWriter.write(
        path,
        info.toMetadata(),
        tensors,
        numbers.watching(
            (tensor, channel) -> parameters.write(tensor.name(), channel),
            tensors.size(),
            () ->
                numbers.require(
                    "The network to be saved as %s".formatted(path),
                    "It is not saved, and an older file stays. If training made them, lower the learning rate or warm up longer.")));
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
  public ClassMapProgram probabilities(ProgramOptions options) {
    return new ClassMapProgram(manager, assembly, parameters, options, true);
  }

  /**
   * A program for the logits of classes at the image's size. It reads the same parameters as {@link
   * #inference} with these options.
   *
   * @throws InlayException if the options prepare values from weights, as folding does
   */
  public ClassMapProgram logits(ProgramOptions options) {
    return new ClassMapProgram(manager, assembly, parameters, options, false);
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
