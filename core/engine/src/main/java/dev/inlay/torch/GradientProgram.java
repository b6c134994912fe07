package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.compile.pass.FromPixels;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The first program of a training step: losses and gradients from images and labels. A call changes
 * the network's buffers, such as running means, but not its weights.
 */
public final class GradientProgram implements AutoCloseable {

  /** The name of the graph's input for the labels (B,H,W). */
  public static final String LABELS = "labels";

  private static final Set<String> INPUTS =
      Set.of(FromPixels.PIXELS, FromPixels.MEAN, FromPixels.DEVIATION, LABELS);

  private final Network network;
  private final LossGradients program;
  private final Script script;
  private final TensorLists lists;

  /**
   * Loads the program into the engine.
   *
   * @param program the program, which takes the image as bytes
   * @throws IllegalArgumentException if it reads an input that is neither image nor labels
   */
  public GradientProgram(Network network, LossGradients program) {
    for (String input : program.inputs()) {
      if (!INPUTS.contains(input)) {
        throw new IllegalArgumentException(
            "The losses read the input '" + input + "', which is neither image nor labels.");
      }
    }
    this.network = network;
    this.program = program;
    script = new Script(network.manager(), program.source());
    lists = new TensorLists(network.manager());
    network.parameters().get(program.trained()).forEach(weight -> weight.setRequiresGradient(true));
  }

  /**
   * Computes losses and gradients of a batch.
   *
   * @param images bytes (B,H,W,3) of red, green and blue, in a direct buffer
   * @param labels class ids (B,H,W), a byte each, in a direct buffer
   * @return losses and gradients, to be closed after their application
   */
  public StepGradients of(
      ByteBuffer images,
      ByteBuffer labels,
      long batch,
      long height,
      long width,
      Normalization normalization) {
    return EngineCalls.during(() -> computed(images, labels, batch, height, width, normalization));
  }

  private StepGradients computed(
      ByteBuffer images,
      ByteBuffer labels,
      long batch,
      long height,
      long width,
      Normalization normalization) {
    NDManager run = network.manager().newSubManager();
    try {
      Map<String, NDArray> given = Images.inputs(run, images, batch, height, width, normalization);
      given.put(LABELS, ids(run, labels, new Shape(batch, height, width)));
      NDList inputs = new NDList();
      for (String input : program.inputs()) {
        inputs.add(Objects.requireNonNull(given.get(input), input));
      }
      NDList results =
          script.train(
              inputs,
              Script.list("w", network.parameters().get(program.trained())),
              Script.list("b", network.parameters().get(program.buffers())));
      int reported = program.reported();
      return new StepGradients(
          run,
          lists,
          results.subList(0, reported).stream().map(GradientProgram::floats).toList(),
          program.trained(),
          List.copyOf(results.subList(reported, results.size())));
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  static NDArray ids(NDManager run, ByteBuffer labels, Shape shape) {
    try (NDArray bytes = run.create(labels.duplicate(), shape, DataType.UINT8)) {
      return bytes.toType(DataType.INT64, true);
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
    lists.close();
  }
}
