package dev.inlay.cli.common;

import com.google.gson.JsonObject;
import dev.inlay.reference.ImportRequest;
import dev.inlay.reference.NameRules;
import dev.inlay.spec.NetworkSpec;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which tensors of a file are taken, and under which names. */
public final class TensorChoice {

  @Option(
      names = "--backbone-only",
      description =
          "Takes the backbone's tensors alone; training initializes the other parameters.")
  private boolean backboneOnly;

  @Option(
      names = "--reset",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Parameters not to take, which training initializes: classifier for all classifiers, or a"
              + " stage's name; may be repeated.")
  private List<String> reset = List.of();

  @Option(
      names = "--map",
      paramLabel = "RULES",
      description = "A file of rules by which tensors are renamed first; see inlay import --help.")
  private @Nullable Path map;

  public boolean backboneOnly() {
    return backboneOnly;
  }

  /** The first of these options that was given; empty if none was. */
  public String given() {
    return backboneOnly
        ? "--backbone-only"
        : !reset.isEmpty() ? "--reset" : map != null ? "--map" : "";
  }

  /** The request for a network; null leaves its choice to the configuration or the file. */
  public ImportRequest request(@Nullable NetworkSpec network, @Nullable JsonObject configuration) {
    NameRules rules = map == null ? NameRules.NONE : TextFile.read(map, NameRules::parse);
    return new ImportRequest(
        network, configuration, rules, backboneOnly, new LinkedHashSet<>(reset), null, List.of());
  }
}
