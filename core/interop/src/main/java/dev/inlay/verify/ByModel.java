package dev.inlay.verify;

import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Stages;
import dev.inlay.graph.Graph;
import dev.inlay.reference.KeyMap;
import dev.inlay.reference.Layouts;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.HostArray;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.TensorFile;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's own network as the subject of a comparison, to check an import. Auxiliary heads that
 * the model does not have are not compared.
 *
 * @param subject the network
 * @param file the golden file with the model's parameters, under the reference's keys
 */
record ByModel(Subject subject, GoldenFile file) {

  static ByModel of(GoldenFile golden, TensorFile model, Techniques techniques) {
    ModelInfo info = ModelInfo.of(model);
    NetworkSpec spec = NetworkSpec.ofText(info.spec(), techniques);
    Assembly assembly = Assembly.of(spec, info.classes().size());
    KeyMap keys = keys(golden, assembly, techniques);
    Map<String, String> renamed = new LinkedHashMap<>();
    keys.byParameter().forEach((name, key) -> renamed.put(key, name));
    Graph graph = new Graph();
    Map<Integer, Tensor> outputs = outputs(golden, assembly, graph);
    Subject subject =
        new Subject(spec.toString(), graph, outputs, renamed, ByConfiguration.sliding(golden));
    return new ByModel(subject, golden.withState(state(model, keys)));
  }

  /**
   * The naming scheme of the golden file's project; the likeliest scheme if the file names no
   * project.
   */
  private static KeyMap keys(GoldenFile golden, Assembly assembly, Techniques techniques) {
    return ByConfiguration.project(golden)
        .map(project -> Layouts.of(project, assembly, techniques))
        .orElseGet(() -> Layouts.of(assembly, techniques).get(0));
  }

  /** Describes the model's stages on the file's image (B,3,H,W), under their names in the model. */
  private static Map<Integer, Tensor> outputs(GoldenFile golden, Assembly assembly, Graph graph) {
    Tensor image = Inputs.of(golden, graph).get(0);
    Iterator<Assembly.Stage> names = assembly.stages().iterator();
    Stages.Result result =
        new Stages(assembly.spec().stages())
            .describe(
                graph,
                Features.of(image, assembly.classes()),
                stage -> graph.scope(names.next().name()));
    Map<String, Tensor> sides = new LinkedHashMap<>();
    result.features().sides().forEach((name, side) -> sides.put(name, side.output()));
    return Outputs.ofModel(golden, result, sides);
  }

  private static Map<String, HostArray> state(TensorFile model, KeyMap keys) {
    Map<String, HostArray> state = new LinkedHashMap<>();
    model
        .tensors()
        .forEach(
            (name, tensor) ->
                state.put(
                    keys.byParameter().getOrDefault(name, name), GoldenFile.array(model, tensor)));
    return state;
  }
}
