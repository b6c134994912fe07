package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to import a weights file.
 *
 * @param network the network; null if a configuration or the file itself names it
 * @param configuration another project's configuration; null if there is none
 * @param rules rules that rename the file's tensors before they are matched
 * @param backboneOnly whether to import only the backbone's parameters
 * @param reset the parts that begin fresh: {@code classifier}, or names of stages
 * @param classes the number of classes; null for that of the file
 * @param names the names of the classes; empty for those of the file
 * @param pixels what is said of the network's images
 */
public record ImportRequest(
    @Nullable NetworkSpec network,
    @Nullable JsonObject configuration,
    NameRules rules,
    boolean backboneOnly,
    Set<String> reset,
    @Nullable Integer classes,
    List<String> names,
    GivenPixels pixels) {

  /** The name in {@code reset} of all parameters that depend on the number of classes. */
  public static final String CLASSIFIER = "classifier";

  public ImportRequest {
    reset = Set.copyOf(reset);
    names = List.copyOf(names);
  }

  /** A request that leaves the network's images to what the files say. */
  public ImportRequest(
      @Nullable NetworkSpec network,
      @Nullable JsonObject configuration,
      NameRules rules,
      boolean backboneOnly,
      Set<String> reset,
      @Nullable Integer classes,
      List<String> names) {
    this(network, configuration, rules, backboneOnly, reset, classes, names, GivenPixels.NONE);
  }

  /** The same request with other classes. */
  public ImportRequest withClasses(int count, List<String> called) {
    return new ImportRequest(
        network, configuration, rules, backboneOnly, reset, count, called, pixels);
  }

  /** The same request with other words on the network's images. */
  public ImportRequest withPixels(GivenPixels given) {
    return new ImportRequest(
        network, configuration, rules, backboneOnly, reset, classes, names, given);
  }

  boolean resets(Parameter parameter, ClassCount counts) {
    String stage = parameter.name().substring(0, parameter.name().indexOf('.'));
    return reset.contains(stage)
        || (reset.contains(CLASSIFIER) && counts.isClassifier(parameter.name()));
  }
}
