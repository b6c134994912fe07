package dev.inlay.weights;

import dev.inlay.InlayException;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the parameters of a network with the tensors of a file. */
public final class ParameterMatch {
  private static final int SHOWN = 4;
  private static final int LONGEST_NAME = 80;

  private final TensorFile file;
  private final String spec;
  private final Map<String, List<Long>> wanted;
  private final Map<String, List<Long>> found;
  private final List<String> missing;
  private final List<String> extra;
  private final List<String> misshapen;

  private ParameterMatch(TensorFile file, String spec, Map<String, List<Long>> wanted) {
    Map<String, List<Long>> found = new LinkedHashMap<>();
    file.tensors().forEach((name, tensor) -> found.put(name, tensor.shape()));
    this.file = file;
    this.spec = spec;
    this.wanted = wanted;
    this.found = found;
    missing = wanted.keySet().stream().filter(name -> !found.containsKey(name)).toList();
    extra = found.keySet().stream().filter(name -> !wanted.containsKey(name)).toList();
    misshapen =
        found.keySet().stream()
            .filter(wanted::containsKey)
            .filter(name -> !inFile(name).equals(inNetwork(name)))
            .toList();
  }

  /**
   * Checks that a file has exactly the parameters of a network, in the same shapes and kinds of
   * numbers.
   *
   * @param spec the network's spec, for the message
   * @param parameters the network's parameters
   * @throws InlayException if parameters are missing, left over, of another shape or of another
   *     kind; it names them and, where it shows, the cause
   */
  public static void require(TensorFile file, String spec, Collection<Parameter> parameters) {
    Map<String, List<Long>> wanted = new LinkedHashMap<>();
    parameters.forEach(each -> wanted.put(each.name(), each.shape()));
    require(file, spec, wanted);
    parameters.forEach(each -> requireType(file, file.tensor(each.name()), each));
  }

  /**
   * Checks that a tensor has the kind of numbers of a parameter: counts are whole numbers and
   * weights are not.
   *
   * @throws InlayException that names the tensor, its type and the right ones
   */
  public static void requireType(TensorFile file, TensorInfo tensor, Parameter parameter) {
    boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
    if (counts ? tensor.type() != TensorType.I64 : !tensor.type().floating()) {
      String right = counts ? "I64" : "F32, F16, BF16 or F64";
      throw new InlayException(
          "%s has %s as %s, but it must be %s. Save it in that type."
              .formatted(file.path(), tensor.name(), tensor.type(), right));
    }
  }

  /**
   * Checks that a file has exactly the parameters of a network, in the same shapes.
   *
   * @param spec the network's spec, for the message
   * @param wanted the shapes of the network's parameters by name
   * @throws InlayException with the parameters that are missing, unknown or of another shape, and
   *     the probable cause
   */
  public static void require(TensorFile file, String spec, Map<String, List<Long>> wanted) {
    ParameterMatch match = new ParameterMatch(file, spec, wanted);
    if (!(match.missing.isEmpty() && match.extra.isEmpty() && match.misshapen.isEmpty())) {
      throw new InlayException(match.message());
    }
  }

  private String message() {
    List<String> differences = new ArrayList<>();
    if (!missing.isEmpty()) {
      differences.add("the file lacks " + listed(missing, name -> Text.shape(inNetwork(name))));
    }
    if (!extra.isEmpty()) {
      differences.add("the network lacks " + listed(extra, name -> Text.shape(inFile(name))));
    }
    if (!misshapen.isEmpty()) {
      differences.add(
          "of another shape are "
              + listed(
                  misshapen,
                  name ->
                      "%s in the file and %s in the network"
                          .formatted(Text.shape(inFile(name)), Text.shape(inNetwork(name)))));
    }
    return "%s does not fit the network \"%s\": %s. %s"
        .formatted(file.path(), spec, String.join("; ", differences), advice());
  }

  private static String listed(List<String> names, Function<String, String> shape) {
    String more = names.size() > SHOWN ? ", … (%d in all)".formatted(names.size()) : "";
    return names.stream()
        .limit(SHOWN)
        .map(name -> Text.shortened(name, LONGEST_NAME) + " " + shape.apply(name))
        .collect(Collectors.joining(", ", "", more));
  }

  private String advice() {
    String filePrefix = prefix(extra, missing);
    if (filePrefix != null) {
      return "The names in the file begin with '%s': save them without this prefix."
          .formatted(filePrefix);
    }
    String networkPrefix = prefix(missing, extra);
    if (networkPrefix != null) {
      return "The names in the file do not begin with '%s': save them with this prefix."
          .formatted(networkPrefix);
    }
    if (onlyOutputsDiffer()) {
      String name = misshapen.get(0);
      return "The file seems to be for %d classes, the network is for %d: use the same number."
          .formatted(inFile(name).get(0), inNetwork(name).get(0));
    }
    String trained = file.metadata().get("spec");
    if (trained != null && !trained.equals(spec)) {
      return "The file is for the network \"%s\": use that spec.".formatted(trained);
    }
    return "Use the spec that the file was made with, or another file.";
  }

  /** The prefix up to a dot that all longer names have before a shorter name. */
  private static @Nullable String prefix(List<String> longer, List<String> shorter) {
    if (longer.isEmpty()) {
      return null;
    }
    Set<String> bare = new HashSet<>(shorter);
    String first = longer.get(0);
    for (int dot = first.indexOf('.');
        dot >= 0 && dot < LONGEST_NAME;
        dot = first.indexOf('.', dot + 1)) {
      String prefix = first.substring(0, dot + 1);
      if (longer.stream()
          .allMatch(
              name -> name.startsWith(prefix) && bare.contains(name.substring(prefix.length())))) {
        return prefix;
      }
    }
    return null;
  }

  /** Whether all shapes differ in the first dimension alone, with the same pair of sizes. */
  private boolean onlyOutputsDiffer() {
    Set<List<Long>> sizes = new HashSet<>();
    for (String name : misshapen) {
      List<Long> inFile = inFile(name);
      List<Long> inNetwork = inNetwork(name);
      if (inFile.isEmpty() || inNetwork.isEmpty() || !tail(inFile).equals(tail(inNetwork))) {
        return false;
      }
      sizes.add(List.of(inFile.get(0), inNetwork.get(0)));
    }
    return missing.isEmpty() && extra.isEmpty() && sizes.size() == 1;
  }

  private static List<Long> tail(List<Long> shape) {
    return shape.subList(1, shape.size());
  }

  private List<Long> inFile(String name) {
    return found.getOrDefault(name, List.of());
  }

  private List<Long> inNetwork(String name) {
    return wanted.getOrDefault(name, List.of());
  }
}
