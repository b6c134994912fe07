package dev.inlay.assemble;

import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Context modules, or a decoder, described without the rest of a network, on given maps.
 *
 * @param stages the modules
 * @param given what the modules read or training supervises: the maps, and coarse predictions
 * @param result the last map (B,C,H,W), or a decoder's logits
 */
public record ModuleGraph(Stages stages, Graph graph, List<Tensor> given, Tensor result) {

  private static final int EARLIER = 3;
  private static final int STRIDE = 8;

  public ModuleGraph {
    given = List.copyOf(given);
  }

  /**
   * Describes modules on a map (B,channels,H,W) and on earlier ones of the same size, each with
   * half the channels of the next.
   *
   * @throws InlayException if the text is no spec of context modules, with a decoder at most at the
   *     end
   */
  public static ModuleGraph of(String text, int channels, int classes, Techniques techniques) {
    Stages stages = Stages.parse(text, techniques);
    for (int i = 0; i < stages.list().size(); i++) {
      Technique<?> technique = stages.list().get(i).technique();
      boolean last = i == stages.list().size() - 1;
      if (!(technique instanceof ContextModule || last && technique instanceof Decoder)) {
        throw new InlayException(
            "--module is '%s', but '%s' is neither a context module nor a decoder at the end; leave it out, or give a whole network without --module."
                .formatted(text, technique.name()));
      }
    }
    Graph graph = new Graph();
    Features maps = maps(graph, channels, classes);
    Stages.Result described = stages.describe(graph, maps, stage -> graph.scope(""));
    List<Tensor> given = new ArrayList<>(maps.maps());
    described.features().sides().values().forEach(side -> given.add(side.output()));
    Tensor logits = described.logits();
    return new ModuleGraph(
        stages, graph, given, logits == null ? described.features().last() : logits);
  }

  private static Features maps(Graph graph, int channels, int classes) {
    Tensor image = map(graph, "image", 3, "h", "w");
    List<Tensor> maps = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    for (int i = EARLIER; i >= 0; i--) {
      maps.add(map(graph, "map" + (EARLIER - i), Math.max(1, channels >> i), "H", "W"));
      strides.add(STRIDE);
    }
    return new Features(image, classes, maps, strides, Map.of());
  }

  private static Tensor map(Graph graph, String name, int channels, String height, String width) {
    return graph.input(
        name,
        Tensor.Type.FLOAT,
        Dim.symbol("B"),
        Dim.of(channels),
        Dim.symbol(height),
        Dim.symbol(width));
  }

  /** The values of the symbols for maps of this size; the image has one pixel. */
  public static Map<String, Long> symbols(long batch, long height, long width) {
    return Map.of("B", batch, "H", height, "W", width, "h", 1L, "w", 1L);
  }

  /** The costs for maps of a size, without those of coarse predictions. */
  public ModuleCosts costs(long batch, long height, long width) {
    return ModuleCosts.of(graph, result, given, symbols(batch, height, width));
  }
}
