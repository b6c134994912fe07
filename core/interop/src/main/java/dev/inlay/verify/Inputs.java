package dev.inlay.verify;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The inputs of a golden file as inputs of a graph: {@code input0}, {@code input1}, … */
final class Inputs {

  private Inputs() {}

  static List<Tensor> of(GoldenFile file, Graph graph) {
    List<Tensor> inputs = new ArrayList<>();
    Map<String, HostArray> given = file.below("input.");
    for (int i = 0; i < given.size(); i++) {
      long[] shape = file.array("input." + i).shape();
      Tensor.Type type = file.isWhole("input." + i) ? Tensor.Type.INTEGER : Tensor.Type.FLOAT;
      inputs.add(graph.input("input" + i, type, sizes(shape, given.size() == 1)));
    }
    return inputs;
  }

  /** A single input has symbolic sizes except for its channels, as in real use. */
  private static Dim[] sizes(long[] shape, boolean single) {
    Dim[] sizes = new Dim[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      boolean varies = single && shape.length == 4 && axis != 1;
      sizes[axis] = varies ? Dim.symbol("BCHW".substring(axis, axis + 1)) : Dim.of(shape[axis]);
    }
    return sizes;
  }

  /** Features for stages that begin on maps (B,C,H,W); the image only gives its size. */
  static Features onMaps(List<Tensor> maps, int classes, Graph graph) {
    Tensor image =
        graph.input(
            "image", Tensor.Type.FLOAT, Dim.of(1), Dim.of(3), Dim.symbol("h"), Dim.symbol("w"));
    List<Integer> strides = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      strides.add(4 << i);
    }
    return new Features(image, classes, maps, strides, Map.of());
  }
}
