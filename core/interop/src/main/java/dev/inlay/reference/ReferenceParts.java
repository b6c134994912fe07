package dev.inlay.reference;

import dev.inlay.Backbone;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Part;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import dev.inlay.graph.Graph;
import dev.inlay.guard.Guard;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Describes the parts of a reference on a graph, as stages with the reference's options. Parameters
 * have the reference's keys, except those that a technique renames.
 */
public final class ReferenceParts {

  private final Graph graph;
  private final Techniques techniques;
  private final References references;
  private final List<DescribedPart> parts = new ArrayList<>();

  /**
   * Begins without parts.
   *
   * @param wayOut the way out, for messages about a part without a technique
   */
  public ReferenceParts(Graph graph, Techniques techniques, String wayOut) {
    this.graph = graph;
    this.techniques = techniques;
    references = References.of(techniques, wayOut);
  }

  /** The parts so far, in the order in which they were described. */
  public List<DescribedPart> list() {
    return List.copyOf(parts);
  }

  /** The references that parts can name. */
  public References references() {
    return references;
  }

  /** Whether the stages of a reference begin on the image, with a backbone. */
  public boolean startsAtImage(Reference reference) {
    String first = new SpecTemplate(reference.stages()).techniques().get(0);
    return techniques.find(first).filter(Backbone.class::isInstance).isPresent();
  }

  /** Describes the stages of a reference on maps (B,C,H,W), with its options. */
  public Stages.Result describe(
      Reference reference, ReferenceOptions options, Features maps, String prefix) {
    int levels = maps.maps().size();
    options.put("levels", Integer.toString(levels));
    options.put("earlier", Integer.toString(levels - 1));
    Stages stages = stages(reference, options, prefix);
    String scope = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    return stages.describe(graph, maps, stage -> graph.scope(scope));
  }

  /** Describes a module inside a technique, which a reference compares alone, on maps (B,C,H,W). */
  public List<Tensor> part(Reference reference, ReferenceOptions options, Features maps) {
    Stage<?> stage = stages(reference, options, "").list().get(0);
    return part(stage, reference, options, inOrder(maps, reference.inputs()));
  }

  private <O extends Record> List<Tensor> part(
      Stage<O> stage, Reference reference, ReferenceOptions options, Features maps) {
    Technique<O> technique = stage.technique();
    return Stages.guarded(
        graph,
        technique.name(),
        technique,
        () ->
            named(String.valueOf(reference.part()), reference, technique)
                .build(stage.options(), options.all(), maps, graph.scope("")));
  }

  private static <O extends Record> Part<O> named(
      String name, Reference reference, Technique<O> technique) {
    Map<String, Part<O>> parts = Guard.answer(technique, "parts", technique::parts);
    Part<O> part = parts.get(name);
    if (part == null) {
      throw new InlayException(
          "The reference %s names the part '%s', which the technique '%s' does not have. Its parts are %s."
              .formatted(
                  reference.counterpart(),
                  name,
                  technique.name(),
                  String.join(", ", new TreeSet<>(parts.keySet()))));
    }
    return part;
  }

  private Stages stages(Reference reference, ReferenceOptions options, String prefix) {
    Stages stages = Stages.parse(options.spec(reference), techniques);
    parts.add(new DescribedPart(prefix, stages.list(), reference.renamed()));
    return stages;
  }

  /** The maps in the order of a reference's inputs; inputs beyond the last map are skipped. */
  public static Features inOrder(Features maps, List<Integer> inputs) {
    List<Integer> order = new ArrayList<>(inputs);
    order.removeIf(place -> place >= maps.maps().size());
    return order.isEmpty() ? maps : chosen(maps, order);
  }

  /** The maps at some indices, in their order. */
  public static Features chosen(Features maps, List<Integer> places) {
    return maps.withMaps(
        places.stream().map(maps::map).toList(), places.stream().map(maps::stride).toList());
  }
}
