package dev.inlay.evaluate;

import dev.inlay.Dim;
import dev.inlay.RoundTrip;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.ClassList;
import dev.inlay.graph.Graph;
import dev.inlay.image.LabelMap;
import dev.inlay.torch.Computation;
import dev.inlay.torch.HostArray;
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
  private final ConfusionMatrix matrix;

  /**
   * Compiles the round trip.
   *
   * @param way the round trip: downsampling and upsampling
   * @param stage the name of the stage whose parameters the round trip reads
   * @param parameters the values of these parameters by their names in the network
   */
  public UpsamplingOracle(
      ClassList classes, RoundTrip way, String stage, Map<String, HostArray> parameters) {
    this.classes = classes;
    ratio = way.ratio();
    matrix = new ConfusionMatrix(classes.size());
    Graph graph = new Graph();
    Dim[] size = {Dim.of(1), Dim.of(1), Dim.symbol("H"), Dim.symbol("W")};
    Tensor labels = whole(graph.input(LABELS, Tensor.Type.INTEGER, size), ratio);
    Tensor ids =
        graph.stage(
            stage, () -> way.build(ones(labels, classes.size()), graph.scope(stage)).argmax(1));
    program = new Computation(graph, List.of(ids), ProgramOptions.INFERENCE, parameters);
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
    float[] found = program.run(Map.of(LABELS, input)).get(0).values();
    byte[] predicted = new byte[found.length];
    for (int i = 0; i < found.length; i++) {
      predicted[i] = (byte) found[i];
    }
    matrix.add(
        new LabelMap(width, height, truth),
        new LabelMap(width, height, predicted),
        classes.ignore());
  }

  /** The scores of the labels after the round trip against the true labels. */
  public Scores scores() {
    return matrix.scores();
  }

  @Override
  public void close() {
    program.close();
  }
}
