package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.compile.torch.TrainingStep;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network's program for training: one call is one step, forward, losses, backward and optimizer
 * in the engine.
 */
public final class TrainingProgram implements AutoCloseable {

  /** The name of the labels (B,H,W) among the graph's inputs. */
  public static final String LABELS = "labels";

  private final Network network;
  private final TrainingStep step;
  private final Script script;
  private final List<NDArray> velocities;

  /** Loads a step into the engine; the optimizer's state starts at zero. */
  public TrainingProgram(Network network, TrainingStep step) {
    this.network = network;
    this.step = step;
    script = new Script(network.manager(), step.source());
    List<NDArray> weights = network.parameters().get(step.trained());
    weights.forEach(weight -> weight.setRequiresGradient(true));
    velocities =
        weights.stream()
            .map(weight -> network.manager().zeros(weight.getShape(), DataType.FLOAT32))
            .toList();
  }

  /**
   * Takes one step.
   *
   * @param images bytes (B,H,W,3) of red, green and blue, in a direct buffer
   * @param labels class ids (B,H,W), a byte each, in a direct buffer
   * @param rate the learning rate
   * @return the loss, then what the step reports, each as its values in row-major order
   */
  public List<float[]> step(
      ByteBuffer images,
      ByteBuffer labels,
      long batch,
      long height,
      long width,
      Normalization normalization,
      double rate) {
    try (NDManager run = network.manager().newSubManager()) {
      Map<String, NDArray> given = Images.inputs(run, images, batch, height, width, normalization);
      try (NDArray bytes =
          run.create(labels.duplicate(), new Shape(batch, height, width), DataType.UINT8)) {
        given.put(LABELS, bytes.toType(DataType.INT64, true));
      }
      NDList inputs = new NDList();
      for (String input : step.inputs()) {
        inputs.add(Objects.requireNonNull(given.get(input), input));
      }
      inputs.add(run.create((float) rate));
      NDList results =
          script.train(
              inputs,
              Script.list("w", network.parameters().get(step.trained())),
              Script.list("b", network.parameters().get(step.buffers())),
              Script.list("m", velocities));
      return results.stream().map(result -> floats(result)).toList();
    }
  }

  private static float[] floats(NDArray array) {
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return floats.toFloatArray();
    }
  }

  @Override
  public void close() {
    script.close();
    velocities.forEach(NDArray::close);
  }
}
