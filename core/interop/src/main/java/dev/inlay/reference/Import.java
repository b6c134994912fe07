package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.adapt.TurnedColours;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Matches a weights file of any origin with a network: decides the network, the naming scheme, the
 * number of classes, and which tensor becomes which parameter.
 */
public final class Import {

  private final TensorFile file;
  private final Techniques techniques;
  private final ImportRequest request;
  private final NamedNetwork network;
  private final Assembly assembly;
  private final Transfer transfer;
  private final PixelSource pixels;
  private final List<String> turned;
  private final TensorFile adapted;
  private final @Nullable OneLogit oneLogit;

  private Import(TensorFile file, Techniques techniques, ImportRequest request) {
    this.file = file;
    this.techniques = techniques;
    this.request = request;
    network = NamedNetwork.of(file, techniques, request);
    ClassCount counts = ClassCount.of(network.spec());
    Map<String, TensorInfo> tensors = request.rules().apply(file.tensors());
    Assembly some = network.assembly(Objects.requireNonNullElse(network.classes(), 2));
    checkReset(some);
    NamedTensors named = NamedTensors.best(tensors, some, network.keys(some, techniques));
    if (named.matches(some) == 0) {
      throw new InlayException(unknownNames(tensors));
    }
    boolean binary = isBinary(named, counts);
    int classes = binary ? 2 : classes(named, counts);
    assembly = classes == some.classes() ? some : network.assembly(classes);
    oneLogit = binary ? oneLogit(named, counts) : null;
    NamedTensors fitting = oneLogit == null ? named : oneLogit.fitting();
    TensorFile twoLogits = oneLogit == null ? file : oneLogit.classes().file(file);
    transfer =
        Transfer.of(
            fitting.tensors(),
            assembly,
            fitting.keys(),
            this::isWanted,
            each -> request.resets(each, counts));
    pixels = network.pixels(request);
    TurnedColours colours =
        pixels.convention().order() == ColourOrder.BGR
            ? TurnedColours.of(twoLogits, assembly, transfer.sources())
            : new TurnedColours(List.of(), twoLogits);
    turned = colours.parameters();
    adapted = colours.file();
  }

  /**
   * Matches a file with a network.
   *
   * @throws InlayException if the network is unknown, no name of a tensor fits, or a requested
   *     parameter is missing or has another shape
   */
  public static Import of(TensorFile file, Techniques techniques, ImportRequest request) {
    Import matched = new Import(file, techniques, request);
    new Completeness(file.path().toString(), matched.assembly, matched.transfer)
        .require(matched::isWanted);
    return matched;
  }

  private boolean isWanted(Parameter parameter) {
    return !request.backboneOnly()
        || parameter.name().startsWith(assembly.stages().get(0).name() + ".");
  }

  private void checkReset(Assembly some) {
    List<String> stages = some.stages().stream().map(Assembly.Stage::name).toList();
    for (String each : request.reset()) {
      if (!each.equals(ImportRequest.CLASSIFIER) && !stages.contains(each)) {
        throw new InlayException(
            "'%s' can't be reset: it is neither '%s' nor a stage of \"%s\". Its stages are %s."
                .formatted(each, ImportRequest.CLASSIFIER, some.spec(), String.join(", ", stages)));
      }
    }
  }

  private String unknownNames(Map<String, TensorInfo> tensors) {
    if (tensors.isEmpty()) {
      return (file.tensors().isEmpty()
              ? "%s has no tensors. Give a file of weights."
              : "%s has tensors, but the rules of --map leave all of them out. Change the rules.")
          .formatted(file.path());
    }
    return "%s has no parameter of \"%s\" under a known name. Its names look like %s. Give the file's network, or rename tensors with --map."
        .formatted(
            file.path(),
            network.spec(),
            tensors.keySet().stream().limit(4).collect(Collectors.joining(", ")));
  }

  /**
   * Whether the file's classifiers have one logit, which tells two classes apart. A model of Inlay
   * with one class, and one that is asked for, stays as it is.
   */
  private boolean isBinary(NamedTensors named, ClassCount counts) {
    Integer asked = request.classes();
    Integer said = network.classes();
    boolean possible =
        network.model() == null
            && (asked == null || asked == 2)
            && (said == null || said <= 2)
            && !request.backboneOnly()
            && !request.reset().contains(ImportRequest.CLASSIFIER);
    return possible && found(named, counts).equals(OptionalInt.of(1));
  }

  private OneLogit oneLogit(NamedTensors named, ClassCount counts) {
    return OneLogit.of(
        file,
        assembly,
        named,
        parameter -> counts.isClassifier(parameter.name()) && !request.resets(parameter, counts),
        network.threshold(request));
  }

  /** The requested number of classes, or else that of the file's classifiers. */
  private int classes(NamedTensors named, ClassCount counts) {
    Integer asked = request.classes();
    Integer said = network.classes();
    if (asked == null && said != null) {
      return said;
    }
    boolean fresh = request.backboneOnly() || request.reset().contains(ImportRequest.CLASSIFIER);
    OptionalInt found = found(named, counts);
    if (asked != null && (fresh || found.isEmpty())) {
      return asked;
    }
    if (asked != null && found.getAsInt() != asked) {
      throw new InlayException(
          "%s has %d classes, but %d were requested. Begin with fresh classifiers with --reset classifier."
              .formatted(file.path(), found.getAsInt(), asked));
    }
    if (found.isPresent() || request.backboneOnly()) {
      return found.orElse(2);
    }
    // The error about a network that does not fit is more useful, so it comes first.
    Assembly some = Assembly.of(network.spec(), 2);
    Predicate<Parameter> body = each -> !counts.isClassifier(each.name());
    Transfer other = Transfer.of(named.tensors(), some, named.keys(), body, each -> false);
    new Completeness(file.path().toString(), some, other).require(body);
    throw new InlayException(
        "%s does not show its number of classes. Give it with --classes.".formatted(file.path()));
  }

  private static OptionalInt found(NamedTensors named, ClassCount counts) {
    for (Map.Entry<String, String> each : named.keys().byParameter().entrySet()) {
      @Nullable TensorInfo tensor = named.tensors().get(each.getValue());
      OptionalInt classes =
          tensor == null ? OptionalInt.empty() : counts.classes(each.getKey(), tensor.shape());
      if (classes.isPresent()) {
        return classes;
      }
    }
    return OptionalInt.empty();
  }

  /** The network for the imported number of classes. */
  public Assembly assembly() {
    return assembly;
  }

  public Transfer transfer() {
    return transfer;
  }

  /** The preset with the network's spec; empty if there is none. */
  public Optional<String> preset() {
    return network.spec().preset(techniques);
  }

  /** The source of the network's spec, for reports. */
  public String origin() {
    return network.origin();
  }

  /**
   * Auxiliary heads of the configuration without an equivalent stage, by the prefix of their keys.
   */
  public List<String> unmatched() {
    return network.unmatched();
  }

  /**
   * Remarks on training that differs between the configuration and Inlay, by the part that they are
   * about.
   */
  public Map<String, String> trainedOtherwise() {
    return network.trainedOtherwise();
  }

  /** What the configuration says of inference that Inlay does not do, by its place there. */
  public Map<String, String> notDone() {
    return network.notDone(request);
  }

  /** The colour order and normalisation of the images that the network was trained on. */
  public PixelSource pixels() {
    return pixels;
  }

  /** The convolutions whose input channels are turned to red, green, blue; mostly none. */
  public List<String> turned() {
    return turned;
  }

  /** The threshold of a file with one logit, which is imported as two; empty for other files. */
  public OptionalDouble threshold() {
    return oneLogit == null ? OptionalDouble.empty() : OptionalDouble.of(oneLogit.threshold());
  }

  /** The file with its tensors as the network takes them: these are the transfer's. */
  public TensorFile file() {
    return adapted;
  }

  /** The metadata of the imported model. */
  public ModelInfo info() {
    return network.info(request, assembly);
  }

  /**
   * Saves the network, or its backbone if only that was requested, as safetensors.
   *
   * @throws InlayException if parameters have numbers that are NaN or infinite, naming them; no
   *     file is written
   */
  public void save(Path path) {
    save(
        path,
        numbers ->
            numbers.require(
                file.path().toString(),
                "Use a checkpoint from before these numbers came up, or import it all the same, to look at it, with --allow-nonfinite."));
  }

  /**
   * Saves as {@link #save(Path)} whatever the numbers are.
   *
   * @return the parameters with numbers that are NaN or infinite
   */
  public List<NonFinite.Found> saveAnyway(Path path) {
    List<NonFinite.Found> found = new ArrayList<>();
    save(path, numbers -> found.addAll(numbers.found()));
    return found;
  }

  private void save(Path path, Consumer<NonFinite> whole) {
    ParameterSource source = new ParameterSource(adapted, transfer);
    if (request.backboneOnly()) {
      source.savePart(path, assembly.stages().get(0).spec(), whole);
    } else {
      source.save(path, info(), whole);
    }
  }
}
