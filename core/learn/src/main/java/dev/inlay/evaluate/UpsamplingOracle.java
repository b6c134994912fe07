package dev.inlay.evaluate;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.RoundTrip;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.ClassList;
import dev.inlay.graph.Graph;
import dev.inlay.image.LabelMap;
import dev.inlay.torch.Computation;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores that upsampling alone allows: the true labels are downsampled and upsampled again,
 * without a network's errors.
 *
 * <p>Only whole blocks of ratio x ratio pixels of a label map are scored.
 */
public final class UpsamplingOracle implements AutoCloseable {

  private static final String LABELS = "labels";

  private final int ratio;
  private final ClassList classes;
  private final Computation program;
  private final Map<String, ConfusionMatrix> matrices = new LinkedHashMap<>();

  /**
   * Compiles round trips as one program, which reads each label map once for all of them.
   *
   * @param ways the round trips by name, all with the same ratio: downsampling and upsampling
   * @param stage the name of the stage whose parameters the round trips read
   * @param parameters the values of these parameters by their names in the network
   * @throws InlayException if there is no round trip, or if their ratios differ
   */
  public UpsamplingOracle(
      ClassList classes,
      Map<String, ? extends RoundTrip> ways,
      String stage,
      Map<String, HostArray> parameters) {
    this.classes = classes;
    ratio = commonRatio(ways);
    Graph graph = new Graph();
    Dim[] size = {Dim.of(1), Dim.of(1), Dim.symbol("H"), Dim.symbol("W")};
    Tensor labels = whole(graph.input(LABELS, Tensor.Type.INTEGER, size), ratio);
    Tensor ones = ones(labels, classes.size());
    List<Tensor> ids = new ArrayList<>();
    ways.forEach(
        (name, way) -> {
          matrices.put(name, new ConfusionMatrix(classes.size()));
          ids.add(graph.stage(stage, () -> way.build(ones, graph.scope(stage)).argmax(1)));
        });
    program = new Computation(graph, ids, ProgramOptions.INFERENCE, parameters);
  }

  private static int commonRatio(Map<String, ? extends RoundTrip> ways) {
    List<Integer> ratios = ways.values().stream().map(RoundTrip::ratio).distinct().toList();
    Check.that(
        ratios.size() == 1, "The round trips have the ratios %s, but must have one ratio.", ratios);
    return ratios.get(0);
  }

  /**
   * The labels cropped to whole blocks, which tells the shape rules that the ratio divides both
   * sides.
   */
  private static Tensor whole(Tensor labels, int ratio) {
    Dim height = labels.height().floorDiv(ratio).times(ratio);
    Dim width = labels.width().floorDiv(ratio).times(ratio);
    return labels.slice(2, Dim.of(0), height).slice(3, Dim.of(0), width);
  }

  /** The labels as one-hot vectors (1,K,H,W); those of ignored pixels are zero. */
  private static Tensor ones(Tensor labels, int classes) {
    Tensor ignored = labels.greaterThan(classes - 1);
    return labels.maskedFill(ignored, 0).oneHot(classes).asFloat().maskedFill(ignored, 0);
  }

  /** Adds the whole blocks of a label map; a label map smaller than one block adds nothing. */
  public void add(LabelMap labels) {
    int width = labels.width() / ratio * ratio;
    int height = labels.height() / ratio * ratio;
    if (width == 0 || height == 0) {
      return;
    }
    byte[] truth = new byte[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(labels.ids(), y * labels.width(), truth, y * width, width);
    }
    float[] ids = new float[truth.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = truth[i] & 255;
    }
    HostArray input = new HostArray(new long[] {1, 1, height, width}, ids);
    LabelMap wholeLabels = new LabelMap(width, height, truth);
    Iterator<HostArray> results = program.run(Map.of(LABELS, input)).iterator();
    matrices
        .values()
        .forEach(
            matrix ->
                matrix.add(wholeLabels, labelMap(results.next(), width, height), classes.ignore()));
  }

  private static LabelMap labelMap(HostArray ids, int width, int height) {
    byte[] bytes = new byte[ids.values().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ids.values()[i];
    }
    return new LabelMap(width, height, bytes);
  }

  /** The scores of the labels after each round trip against the true labels, by its name. */
  public Map<String, Scores> scores() {
    Map<String, Scores> scores = new LinkedHashMap<>();
    matrices.forEach((name, matrix) -> scores.put(name, matrix.scores()));
    return scores;
  }

  @Override
  public void close() {
    program.close();
  }
}
