package dev.inlay.predict;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.guard.Core;
import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.plugin.Plugins;
import dev.inlay.plugin.Registry;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.ClassMapProgram;
import dev.inlay.torch.Inference;
import dev.inlay.torch.Network;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.Safetensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network with its weights from a model file, ready to segment images. Several threads may use
 * one at a time; {@link #close} waits for them.
 */
public final class SegmentationModel implements AutoCloseable {

  private final ModelInfo info;
  private final Network network;
  private final Inference inference;
  private final ProgramOptions options;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;
  private @Nullable ClassMapProgram probabilities;
  private @Nullable ClassMapProgram logits;

  private SegmentationModel(ModelInfo info, Network network, ProgramOptions options) {
    this.info = info;
    this.network = network;
    this.options = options;
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
   * Opens a model with the techniques of the class path, on a GPU if there is one.
   *
   * @throws InlayException as {@link #open(Path, Techniques, String, ProgramOptions)}; also if the
   *     engine's library is missing, naming the dependency that brings it
   */
  public static SegmentationModel open(Path file) {
    ClassLoader loader = SegmentationModel.class.getClassLoader();
    Plugins found = Plugins.load(List.of(), loader, Core.VERSION); // no jar stays open
    Techniques techniques = Registry.of(found, List.of()).techniques();
    return open(file, techniques, "auto", ProgramOptions.INFERENCE);
  }

  /**
   * Opens a model.
   *
   * @param techniques the techniques that its spec may name
   * @param device {@code auto}, {@code cpu}, {@code gpu0}, …
   * @throws InlayException if the file is not a model, its spec names an unknown technique, or a
   *     parameter of the network is missing in the file, or has a number that is NaN or infinite
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
      return NetworkSpec.ofText(info.spec(), techniques);
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
   * @throws InlayException if the model is closed, or the memory does not suffice for the image
   */
  public LabelMap predict(RgbImage image) {
    return whileOpen(
        () -> {
          byte[] ids =
              inference.labels(image.rgb(), image.height(), image.width(), normalization());
          return new LabelMap(image.width(), image.height(), ids);
        });
  }

  /**
   * The class with the largest logit at each pixel.
   *
   * @throws InlayException as {@link RgbImage#of} and {@link #predict(RgbImage)}
   */
  public LabelMap predict(BufferedImage picture) {
    return predict(RgbImage.of(picture));
  }

  /**
   * The class with the largest logit at each pixel.
   *
   * @param image an image file's bytes, such as a JPEG; the caller closes the stream
   * @throws InlayException as {@link ImageFile#read(InputStream, String)} and {@link
   *     #predict(RgbImage)}
   */
  public LabelMap predict(InputStream image) {
    return predict(ImageFile.read(image, "The image of the stream"));
  }

  /**
   * The class with the largest logit at each pixel.
   *
   * @param image an image file's bytes, such as a JPEG; not pixels
   * @throws InlayException as {@link #predict(InputStream)}
   */
  public LabelMap predict(byte[] image) {
    return predict(ImageFile.read(new ByteArrayInputStream(image), "The image"));
  }

  /**
   * The probability of each class at each pixel; the largest is that of the predicted class. The
   * first call compiles a program of its own.
   *
   * @throws InlayException if the model is closed, the memory does not suffice for the image, or
   *     the model was opened with folded layers or another precision, which keep no weights for
   *     this
   */
  public Probabilities probabilities(RgbImage image) {
    return whileOpen(
        () -> {
          float[] values =
              probabilities()
                  .of(image.rgb(), image.height(), image.width(), normalization())
                  .values();
          return new Probabilities(info.classes().size(), image.width(), image.height(), values);
        });
  }

  /**
   * The logits (K,H,W) at the image's size.
   *
   * @throws InlayException as {@link #probabilities(RgbImage)}
   */
  float[] logits(RgbImage image) {
    return whileOpen(
        () -> logits().of(image.rgb(), image.height(), image.width(), normalization()).values());
  }

  private synchronized ClassMapProgram logits() {
    ClassMapProgram program = logits;
    if (program == null) {
      program = network.logits(options);
      logits = program;
    }
    return program;
  }

  private synchronized ClassMapProgram probabilities() {
    ClassMapProgram program = probabilities;
    if (program == null) {
      program = network.probabilities(options);
      probabilities = program;
    }
    return program;
  }

  private <T> T whileOpen(Supplier<T> use) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new InlayException("The model is closed. Open it again.");
      }
      return use.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Gives the engine's memory back. A second call does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        inference.close();
        if (probabilities != null) {
          probabilities.close();
        }
        if (logits != null) {
          logits.close();
        }
        network.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
