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
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A network with its weights from a model file, ready to segment images. Several threads may use
 * one at a time; {@link #close} waits for them.
 */
public final class SegmentationModel implements AutoCloseable {

  private final ModelInfo info;
  private final Network network;
  private final Inference inference;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private SegmentationModel(ModelInfo info, Network network, ProgramOptions options) {
    this.info = info;
    this.network = network;
    this.inference = network.inferenceOnly(options);
  }

  /**
   * Reads a model file's metadata without starting the engine.
   *
   * @throws InlayException if the file is not a model
   */
  public static ModelInfo describe(Path file) {
    try (Safetensors weights = Safetensors.open(file)) {
      return ModelInfo.of(weights);
    }
  }

  /**
   * Opens a model.
   *
   * @param techniques the techniques that its spec may name
   * @param device {@code auto}, {@code cpu}, {@code gpu0}, …
   * @throws InlayException if the file is not a model, its spec names an unknown technique, or a
   *     parameter of the network is missing in the file
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
          "The network of %s cannot be assembled: %s".formatted(file, e.getMessage()), e);
    }
  }

  public ModelInfo info() {
    return info;
  }

  /** The classes, their colours and the ignore index. */
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

  /**
   * The class with the largest logit at each pixel.
   *
   * @throws InlayException if the model is closed
   */
  public LabelMap predict(RgbImage image) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new InlayException("The model is closed. Open it again.");
      }
      byte[] ids = inference.labels(image.rgb(), image.height(), image.width(), normalization());
      return new LabelMap(image.width(), image.height(), ids);
    } finally {
      use.readLock().unlock();
    }
  }

  /** Gives the engine's memory back. A second call does nothing. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        inference.close();
        network.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
