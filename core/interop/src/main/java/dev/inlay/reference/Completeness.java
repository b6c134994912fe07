package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks that a file has all requested parameters, in the network's shapes. */
record Completeness(String file, Assembly assembly, Transfer transfer) {

  private static final int SHOWN = 4;

  /**
   * Refuses an incomplete file.
   *
   * @throws InlayException that names missing parameters, those of another shape, and the way out
   */
  void require(Predicate<Parameter> wanted) {
    List<Parameter> missing = transfer.missing().stream().filter(wanted).toList();
    if (missing.isEmpty() && transfer.unfit().isEmpty()) {
      return;
    }
    List<String> faults = new ArrayList<>();
    if (!missing.isEmpty()) {
      faults.add(
          "the file lacks "
              + listed(missing.stream().map(p -> p.name() + " " + Text.shape(p.shape())).toList()));
    }
    if (!transfer.unfit().isEmpty()) {
      faults.add(
          "of another shape or type are "
              + listed(
                  transfer.unfit().entrySet().stream()
                      .map(
                          each ->
                              "%s, %s %s in the file and %s in the network"
                                  .formatted(
                                      each.getKey().name(),
                                      each.getValue().type(),
                                      Text.shape(each.getValue().shape()),
                                      Text.shape(each.getKey().shape())))
                      .toList()));
    }
    throw new InlayException(
        "%s does not fit \"%s\" (%d parameters fit): %s. %s"
            .formatted(
                file,
                assembly.spec(),
                transfer.loaded().size(),
                String.join("; ", faults),
                advice(missing)));
  }

  private String advice(List<Parameter> missing) {
    ClassCount counts = ClassCount.of(assembly.spec());
    boolean onlyClassifiers =
        missing.stream().allMatch(each -> counts.isClassifier(each.name()))
            && transfer.unfit().keySet().stream().allMatch(p -> counts.isClassifier(p.name()));
    if (onlyClassifiers) {
      return "Only classifiers differ: begin with fresh ones with --reset classifier.";
    }
    String backbone = assembly.stages().get(0).name() + ".";
    boolean backboneFits =
        missing.stream().noneMatch(each -> each.name().startsWith(backbone))
            && transfer.unfit().keySet().stream().noneMatch(p -> p.name().startsWith(backbone));
    return backboneFits
        ? "The backbone fits: import it alone with --backbone-only, or give the file's network."
        : "Give the file's network, or rename tensors with --map.";
  }

  private static String listed(List<String> all) {
    String more = all.size() > SHOWN ? ", … (%d in all)".formatted(all.size()) : "";
    return all.stream().limit(SHOWN).collect(Collectors.joining(", ", "", more));
  }
}
