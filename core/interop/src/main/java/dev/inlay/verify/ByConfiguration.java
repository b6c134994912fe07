package dev.inlay.verify;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.Counterpart;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import dev.inlay.graph.Graph;
import dev.inlay.reference.ConfigurationReader;
import dev.inlay.reference.Described;
import dev.inlay.reference.DescribedPart;
import dev.inlay.reference.GivenInputs;
import dev.inlay.reference.Project;
import dev.inlay.reference.Projects;
import dev.inlay.reference.ReferenceOptions;
import dev.inlay.reference.ReferenceParts;
import dev.inlay.spec.Techniques;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a golden file's own configuration: a network or a part of one, in the form of a
 * project's configurations; or else a source class, which the metadata's {@code reference} names,
 * with its options in the configuration.
 */
public final class ByConfiguration {

  /**
   * A class in a Python file, or a file in C++ without one, or a system and its module in capital
   * letters where the file is unknown.
   */
  private static final Pattern CLASS =
      Pattern.compile("([\\w.-]+\\.py):(\\w+)|(([\\w-]+)\\.cpp)\\b|^(\\w+) ([A-Z]{2,})\\b");

  /** The names of the option for the number of classes. */
  private static final List<String> CLASS_COUNTS = List.of("num_classes", "nclass", "num_class");

  /**
   * Options of source classes that describe the golden file or training and have no effect on
   * outputs.
   */
  private static final Set<String> NEUTRAL =
      Set.of(
          "input",
          "inputs",
          "input_shapes",
          "in_channels",
          "num_classes",
          "nclass",
          "ignore_index");

  private static final String WAY_OUT =
      "Give the stages with --stage, such as --stage \"aspp(rates=[1, 6, 12])\".";

  private final GoldenFile file;
  private final JsonObject configuration;
  private final Graph graph = new Graph();
  private final ReferenceParts parts;

  private ByConfiguration(GoldenFile file, Techniques techniques) {
    this.file = file;
    parts = new ReferenceParts(graph, techniques, WAY_OUT);
    configuration = configuration(file);
  }

  /**
   * Describes the network or part of a file's configuration.
   *
   * @throws InlayException if no technique has this reference, or not with these options
   */
  public static Subject of(GoldenFile file, Techniques techniques) {
    try {
      return new ByConfiguration(file, techniques).subject();
    } catch (InlayException e) {
      throw new InlayException("%s: %s".formatted(file.name(), e.getMessage()), e);
    }
  }

  private static JsonObject configuration(GoldenFile file) {
    String text = file.metadata().get("config");
    if (text == null) {
      throw new InlayException("The metadata has no 'config'. %s".formatted(WAY_OUT));
    }
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new InlayException(
          "The metadata's 'config' is not a JSON object: %s.".formatted(e.getMessage()), e);
    }
  }

  private Subject subject() {
    Optional<ConfigurationReader> reader = Projects.reader(configuration);
    Described described =
        reader.isPresent()
            ? reader.get().describe(configuration, new FileInputs(), parts)
            : sourceClass();
    if (described instanceof Described.Network network) {
      Map<Integer, Tensor> outputs = Outputs.ofNetwork(file, network.result(), network.sides());
      Outputs.require(file, outputs);
      Optional<Sliding> sliding = reader.flatMap(each -> sliding(each, configuration));
      return subject(described, outputs, sliding.orElse(null));
    }
    if (described instanceof Described.Line line) {
      Stages.Result result = line.result();
      return subject(
          described,
          result.logits() == null
              ? Outputs.ofMaps(file, result.features().maps())
              : Outputs.ofHead(file, result),
          null);
    }
    List<Tensor> outputs = ((Described.Module) described).outputs();
    return subject(described, Outputs.ofPart(file, outputs), null);
  }

  private Subject subject(
      Described described, Map<Integer, Tensor> outputs, @Nullable Sliding sliding) {
    String spec =
        described.parts().stream()
            .map(part -> new Stages(part.stages()).toString())
            .collect(Collectors.joining(" | "));
    Map<String, String> renamed = new LinkedHashMap<>();
    for (DescribedPart part : described.parts()) {
      part.renamed().forEach((key, name) -> renamed.put(part.prefix() + key, part.prefix() + name));
    }
    return new Subject(spec, graph, outputs, renamed, sliding);
  }

  private Described sourceClass() {
    Reference reference = parts.references().get(className());
    ReferenceOptions options =
        new ReferenceOptions(
            configuration, (name, value) -> NEUTRAL.contains(name.split("\\.", 2)[0]));
    FileInputs given = new FileInputs();
    Integer classes = classes(configuration);
    if (reference.part() != null) {
      List<Tensor> outputs = parts.part(reference, options, given.maps(classes));
      return new Described.Module(parts.list(), outputs);
    }
    Features input =
        parts.startsAtImage(reference)
            ? given.image(classes)
            : ReferenceParts.inOrder(given.maps(classes), reference.inputs());
    Stages.Result result = parts.describe(reference, options, input, "");
    return new Described.Line(parts.list(), result);
  }

  private Counterpart className() {
    Matcher found = CLASS.matcher(file.metadata().getOrDefault("reference", ""));
    if (!found.find()) {
      throw new InlayException(
          "Neither 'config' nor 'reference' in the metadata names a class. %s".formatted(WAY_OUT));
    }
    int first = found.group(1) != null ? 1 : found.group(3) != null ? 3 : 5;
    return Counterpart.sourceClass(found.group(first), found.group(first + 1));
  }

  private static @Nullable Integer classes(JsonObject options) {
    for (String name : CLASS_COUNTS) {
      JsonElement count = options.get(name);
      if (count != null) {
        try {
          return count.getAsInt();
        } catch (NumberFormatException | IllegalStateException | UnsupportedOperationException e) {
          throw new InlayException(
              "The metadata's 'config' has %s=%s; it must be a number.".formatted(name, count), e);
        }
      }
    }
    return null;
  }

  /**
   * The file's inputs. A configuration without a number of classes has as many as the first output
   * has channels.
   */
  private final class FileInputs implements GivenInputs {

    @Override
    public Features image(@Nullable Integer classes) {
      return Features.of(Inputs.of(file, graph).get(0), count(classes));
    }

    @Override
    public Features maps(@Nullable Integer classes) {
      return Inputs.onMaps(Inputs.of(file, graph), count(classes), graph);
    }

    private int count(@Nullable Integer classes) {
      long[] shape = file.array("output.0").shape();
      return classes != null ? classes : shape.length > 1 ? (int) shape[1] : 1;
    }
  }

  /** The project of a file's configuration; empty if there is none. */
  static Optional<Project> project(GoldenFile file) {
    return file.metadata().containsKey("config")
        ? Projects.of(configuration(file))
        : Optional.empty();
  }

  /**
   * The sliding-window inference of a file's configuration; null if the network runs on whole
   * images.
   */
  static @Nullable Sliding sliding(GoldenFile file) {
    return project(file)
        .flatMap(Project::configurations)
        .flatMap(reader -> sliding(reader, configuration(file)))
        .orElse(null);
  }

  /** The full logits are the second output of a whole network. */
  private static Optional<Sliding> sliding(ConfigurationReader reader, JsonObject configuration) {
    return reader.windows(configuration).map(windows -> new Sliding(1, windows));
  }
}
