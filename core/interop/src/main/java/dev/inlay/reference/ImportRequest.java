package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be imported of a file of weights, and as what.
 *
 * @param network the network; null if a configuration or the file itself names it
 * @param configuration another project's configuration; null if it is not given
 * @param rules by which the file's tensors are renamed first
 * @param backboneOnly whether only the backbone's parameters are wanted
 * @param reset what begins fresh: {@code classifier}, or the names of stages
 * @param classes how many classes the network is to have; null for as many as the file's
 * @param names the names of the classes; empty for the file's
 */
public record ImportRequest(
    @Nullable NetworkSpec network,
    @Nullable JsonObject configuration,
    NameRules rules,
    boolean backboneOnly,
    Set<String> reset,
    @Nullable Integer classes,
    List<String> names) {

  /** All parts that depend on the number of classes. */
  public static final String CLASSIFIER = "classifier";

  public ImportRequest {
    reset = Set.copyOf(reset);
    names = List.copyOf(names);
  }

  /** The same for some number of classes. */
  public ImportRequest withClasses(int count, List<String> called) {
    return new ImportRequest(network, configuration, rules, backboneOnly, reset, count, called);
  }

  boolean resets(Parameter parameter, ClassCount counts) {
    String stage = parameter.name().substring(0, parameter.name().indexOf('.'));
    return reset.contains(stage)
        || (reset.contains(CLASSIFIER) && counts.isClassifier(parameter.name()));
  }
}
