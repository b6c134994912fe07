package dev.inlay.predict;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.Inference;
import dev.inlay.torch.Network;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model's file, ready to segment images. */
public final class SegmentationModel implements AutoCloseable {

  private final ModelInfo info;
  private final Network network;
  private final Inference inference;

  private SegmentationModel(ModelInfo info, Network network, ProgramOptions options) {
    this.info = info;
    this.network = network;
    this.inference = network.inferenceOnly(options);
  }

  /**
   * Reads what a model's file says about the model, without starting the engine.
   *
   * @throws InlayException if the file is no model
   */
  public static ModelInfo describe(Path file) {
    try (Safetensors weights = Safetensors.open(file)) {
      return ModelInfo.of(weights);
    }
  }

  /**
   * Opens a model.
   *
   * @param techniques where the stages of its spec are found
   * @param device {@code auto}, {@code cpu}, {@code gpu0}, …
   * @throws InlayException if the file is no model, needs a technique that is not there, or does
   *     not hold the parameters of its network
   */
  public static SegmentationModel open(
      Path file, Techniques techniques, String device, ProgramOptions options) {
    try (Safetensors weights = Safetensors.open(file)) {
      ModelInfo info = ModelInfo.of(weights);
      Assembly assembly = Assembly.of(spec(file, info, techniques), info.classes().size());
      return new SegmentationModel(info, Network.load(assembly, weights, device), options);
    }
  }

  private static NetworkSpec spec(Path file, ModelInfo info, Techniques techniques) {
    try {
      return NetworkSpec.parse(info.spec(), techniques);
    } catch (InlayException e) {
      throw new InlayException(
          "The network of " + file + " can't be assembled here: " + e.getMessage(), e);
    }
  }

  public ModelInfo info() {
    return info;
  }

  /** The classes, their colours and the ignored id. */
  public ClassList classes() {
    List<LabelClass> classes = new ArrayList<>();
    for (int i = 0; i < info.classes().size(); i++) {
      int color = Integer.parseInt(info.palette().get(i).substring(1), 16);
      classes.add(new LabelClass(info.classes().get(i), color));
    }
    return new ClassList(classes, info.ignore());
  }

  public Normalization normalization() {
    return info.normalization();
  }

  public Inference inference() {
    return inference;
  }

  /** The most likely class of each pixel. */
  public LabelMap predict(RgbImage image) {
    byte[] ids = inference.labels(image.rgb(), image.height(), image.width(), normalization());
    return new LabelMap(image.width(), image.height(), ids);
  }

  @Override
  public void close() {
    inference.close();
    network.close();
  }
}
