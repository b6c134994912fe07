package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A network's program from bytes to the softmax of the logits at the image's size. Several threads
 * may share one.
 */
public final class ProbabilityProgram implements AutoCloseable {

  private final NDManager manager;
  private final Loaded program;
  private final MemoryCheck memory;

  ProbabilityProgram(
      NDManager manager, Assembly assembly, Parameters parameters, ProgramOptions options) {
    this.manager = manager;
    Program described =
        new Program(
            assembly.graph(),
            List.of(assembly.fullLogits().softmax(1)),
            options.fromPixels(assembly.image()));
    if (!described.prepared().isEmpty()) {
      throw new InlayException(
          "A model that was opened with folded layers or another precision does not keep the"
              + " weights that probabilities need. Open it with ProgramOptions.INFERENCE.");
    }
    program = new Loaded(manager, described, parameters::get);
    memory = MemoryCheck.of(manager.getDevice(), described);
  }

  /**
   * The probability of each class at each pixel.
   *
   * @param rgb bytes of red, green and blue (H,W,3)
   * @return an array (1,K,H,W)
   * @throws InlayException if the memory does not suffice for an image of this size
   */
  public HostArray probabilities(byte[] rgb, int height, int width, Normalization normalization) {
    memory.require(height, width);
    ByteBuffer image = ByteBuffer.allocateDirect(rgb.length).put(rgb).rewind();
    return EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            NDArray made = program.run(Images.inputs(run, image, 1, height, width, normalization));
            return new HostArray(made.getShape().getShape(), made.toFloatArray());
          }
        });
  }

  @Override
  public void close() {
    program.close();
  }
}
