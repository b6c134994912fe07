package dev.inlay.torch;

import ai.djl.ndarray.NDManager;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;

/** A network's program for prediction, from bytes to class ids. Several threads may share one. */
public final class Inference implements AutoCloseable {

  private final NDManager manager;
  private final Loaded program;
  private final MemoryCheck memory;
  private final Assembly assembly;

  Inference(NDManager manager, Assembly assembly, Parameters parameters, ProgramOptions options) {
    this.manager = manager;
    this.assembly = assembly;
    ProgramOptions wanted = options.fromPixels(assembly.image()).toClassIds();
    Program described = new Program(assembly.graph(), List.of(assembly.fullLogits()), wanted);
    program = new Loaded(manager, described, parameters::get);
    memory = MemoryCheck.of(manager.getDevice(), described);
  }

  /** Recomputes the prepared values after a change of the parameters. */
  public void prepare() {
    program.prepare();
  }

  List<String> stored() {
    return program.stored();
  }

  /**
   * Predicts the class of each pixel.
   *
   * @param rgb bytes of red, green and blue (H,W,3)
   * @return class ids (H,W)
   * @throws dev.inlay.InlayException if the memory does not suffice for an image of this size, or a
   *     stage needs a larger one
   */
  public byte[] labels(byte[] rgb, int height, int width, Normalization normalization) {
    return labels(
        ByteBuffer.allocateDirect(rgb.length).put(rgb).rewind(), height, width, normalization);
  }

  /**
   * Predicts the class of each pixel.
   *
   * @param image bytes of red, green and blue (H,W,3), in a direct buffer
   * @return class ids (H,W)
   * @throws dev.inlay.InlayException if the memory does not suffice for an image of this size, or a
   *     stage needs a larger one
   */
  public byte[] labels(ByteBuffer image, int height, int width, Normalization normalization) {
    memory.require(height, width);
    try {
      return EngineCalls.during(() -> computed(image, height, width, normalization));
    } catch (RuntimeException e) {
      throw explained(e, height, width);
    }
  }

  /**
   * The requirement of a stage that an image of this size fails; the engine's own error if none.
   */
  private RuntimeException explained(RuntimeException failure, int height, int width) {
    try {
      assembly.requireCrop(height, width);
      return failure;
    } catch (InlayException requirement) {
      return new InlayException(
          "The image of %dx%d does not fit the network. %s"
              .formatted(height, width, requirement.getMessage()),
          failure);
    }
  }

  private byte[] computed(ByteBuffer image, int height, int width, Normalization normalization) {
    try (NDManager run = manager.newSubManager()) {
      ByteBuffer bytes =
          program.run(Images.inputs(run, image, 1, height, width, normalization)).toByteBuffer();
      byte[] ids = new byte[bytes.remaining()];
      bytes.get(ids);
      return ids;
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
