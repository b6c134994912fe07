package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.adapt.TwoClasses;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.ClassColors;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.TensorFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The network of a weights file and its description. The sources are the import request, a given
 * configuration and the file itself, in this order.
 *
 * @param origin the source of the spec, for reports
 * @param spec the network
 * @param config the configuration that gives the spec; null if none does
 * @param model the description of an Inlay model; null if the file neither is one nor was exported
 *     from one, or if another network was requested
 * @param facts the file's metadata
 * @param file the file's name
 */
record NamedNetwork(
    String origin,
    NetworkSpec spec,
    @Nullable ConfiguredNetwork config,
    @Nullable ModelInfo model,
    FileFacts facts,
    String file) {

  private static final int IGNORE = 255;

  /**
   * Finds the network.
   *
   * @throws InlayException if no source names the network, or the source can't be read
   */
  static NamedNetwork of(TensorFile file, Techniques techniques, ImportRequest request) {
    FileFacts facts = new FileFacts(file.metadata());
    String name = String.valueOf(file.path().getFileName());
    Optional<ModelInfo> model = facts.model(file.path().toString());
    NetworkSpec network = request.network();
    if (network != null) {
      ModelInfo same = model.filter(info -> info.spec().equals(network.toString())).orElse(null);
      return new NamedNetwork("the given spec", network, null, same, facts, name);
    }
    JsonObject configuration = request.configuration();
    if (configuration != null) {
      ConfiguredNetwork config =
          config(configuration, techniques, "The given configuration", "another configuration");
      return new NamedNetwork("the given configuration", config.spec(), config, null, facts, name);
    }
    if (model.isPresent()) {
      NetworkSpec spec = NetworkSpec.ofText(model.get().spec(), techniques);
      return new NamedNetwork("the file itself", spec, null, model.get(), facts, name);
    }
    JsonObject own = facts.configuration().orElseThrow(() -> nameless(file));
    String whose = file.path() + "'s own configuration";
    ConfiguredNetwork config = config(own, techniques, whose, "a configuration");
    return new NamedNetwork(
        "the file's own configuration", config.spec(), config, null, facts, name);
  }

  private static ConfiguredNetwork config(
      JsonObject configuration, Techniques techniques, String whose, String other) {
    try {
      return Projects.network(configuration, techniques);
    } catch (InlayException e) {
      throw new InlayException(
          "%s describes no network that Inlay can build. Give the network with --network, or %s with --config. %s"
              .formatted(whose, other, e.getMessage()),
          e);
    }
  }

  private static InlayException nameless(TensorFile file) {
    return new InlayException(
        "%s does not name its network. Give a spec or preset with --network, or a configuration as JSON with --config: %s."
            .formatted(file.path(), Projects.expected()));
  }

  /** The number of classes according to the source; null if it does not give it. */
  @Nullable Integer classes() {
    return config != null
        ? Integer.valueOf(config.classes())
        : model != null ? Integer.valueOf(model.classes().size()) : null;
  }

  /** The network for a number of classes. */
  Assembly assembly(int count) {
    return config != null && config.assembly().classes() == count
        ? config.assembly()
        : Assembly.of(spec, count);
  }

  Map<String, String> trainedOtherwise() {
    return config == null ? Map.of() : config.trainedOtherwise();
  }

  /** What the configuration in use says of inference that Inlay does not do, by its place. */
  Map<String, String> notDone(ImportRequest request) {
    return configuration(request)
        .flatMap(each -> Projects.reader(each).map(reader -> reader.notDone(each)))
        .orElse(Map.of());
  }

  /** The threshold of a network with one logit: that of the configuration in use, or else 0.5. */
  double threshold(ImportRequest request) {
    return configuration(request)
        .flatMap(each -> Projects.reader(each).map(reader -> reader.threshold(each)))
        .orElse(OptionalDouble.empty())
        .orElse(TwoClasses.HALF);
  }

  /** The given configuration, or else the file's own if it can be read. */
  private Optional<JsonObject> configuration(ImportRequest request) {
    return Optional.ofNullable(request.configuration()).or(facts::readableConfiguration);
  }

  List<String> unmatched() {
    return config == null ? List.of() : config.unmatched();
  }

  /** The naming schemes that the file may use, the likeliest first. */
  List<Supplier<KeyMap>> keys(Assembly assembly, Techniques techniques) {
    List<Supplier<KeyMap>> keys = new ArrayList<>();
    ConfiguredNetwork configured = config;
    if (configured != null) {
      keys.add(configured::keys);
    }
    keys.addAll(Layouts.lazily(assembly, techniques));
    return keys;
  }

  /** The metadata of the imported model. */
  ModelInfo info(ImportRequest request, Assembly assembly) {
    int count = assembly.classes();
    List<String> names = names(request, count);
    ModelInfo said = model;
    Normalization normalization = pixels(request).convention().normalization();
    if (said != null
        && said.classes().equals(names)
        && said.normalization().equals(normalization)
        && request.reset().isEmpty()) {
      return said;
    }
    List<String> own = said == null ? facts.palette() : said.palette();
    List<String> palette = own.size() == count ? own : ClassColors.distinct(count);
    Map<String, String> training = new LinkedHashMap<>();
    training.put("imported", file);
    if (!request.reset().isEmpty()) {
      training.put("reset", String.join(", ", request.reset().stream().sorted().toList()));
    }
    return new ModelInfo(
        spec.toString(),
        names,
        palette,
        said == null ? IGNORE : said.ignore(),
        normalization.mean(),
        normalization.deviation(),
        training);
  }

  /** The colour order and normalisation of the network's images, and who says them. */
  PixelSource pixels(ImportRequest request) {
    return PixelSource.of(
        request.pixels(),
        request.configuration(),
        facts.model(file).orElse(null),
        facts.readableConfiguration().orElse(null));
  }

  private List<String> names(ImportRequest request, int count) {
    ModelInfo said = model;
    List<List<String>> candidates = new ArrayList<>(List.of(request.names()));
    candidates.add(said == null ? facts.classes() : said.classes());
    for (List<String> names : candidates) {
      boolean fit = names.size() == count && names.stream().distinct().count() == count;
      if (fit && names.stream().noneMatch(String::isBlank)) {
        return names;
      }
    }
    return IntStream.range(0, count).mapToObj(i -> "class" + i).toList();
  }
}
