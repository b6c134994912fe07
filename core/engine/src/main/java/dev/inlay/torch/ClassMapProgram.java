package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A network's program from bytes to a map of each class at the image's size: its logits or their
 * softmax. Several threads may share one.
 */
public final class ClassMapProgram implements AutoCloseable {

  private final NDManager manager;
  private final Loaded program;
  private final MemoryCheck memory;

  ClassMapProgram(
      NDManager manager,
      Assembly assembly,
      Parameters parameters,
      ProgramOptions options,
      boolean softmax) {
    this.manager = manager;
    Tensor logits = assembly.fullLogits();
    Program described =
        new Program(
            assembly.graph(),
            List.of(softmax ? logits.softmax(1) : logits),
            options.fromPixels(assembly.image()));
    if (!described.prepared().isEmpty()) {
      throw new InlayException(
          "A model that was opened with folded layers or another precision does not keep the"
              + " weights that probabilities and logits need. Open it with ProgramOptions.INFERENCE.");
    }
    program = new Loaded(manager, described, parameters::get);
    memory = MemoryCheck.of(manager.getDevice(), described);
  }

  /**
   * The value of each class at each pixel.
   *
   * @param rgb bytes of red, green and blue (H,W,3)
   * @return an array (1,K,H,W)
   * @throws InlayException if the memory does not suffice for an image of this size
   */
  public HostArray of(byte[] rgb, int height, int width, Normalization normalization) {
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
