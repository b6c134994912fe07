package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** The network from normalised images to logits, for benchmarks. Several threads may share one. */
public final class LogitsProgram implements AutoCloseable {

  private final NDManager manager;
  private final Loaded program;

  LogitsProgram(
      NDManager manager, Assembly assembly, Parameters parameters, ProgramOptions options) {
    this.manager = manager;
    Program described = new Program(assembly.graph(), List.of(assembly.fullLogits()), options);
    program = new Loaded(manager, described, parameters::get);
  }

  List<String> stored() {
    return program.stored();
  }

  /** The logits (B,K,H,W) of normalised images (B,3,H,W). */
  public HostArray logits(FloatBuffer images, long batch, long height, long width) {
    return EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            NDArray logits = program.run(image(run, images, batch, height, width));
            return new HostArray(logits.getShape().getShape(), logits.toFloatArray());
          }
        });
  }

  /** Computes the logits (B,K,H,W) without a copy to Java's memory. */
  public void run(FloatBuffer images, long batch, long height, long width) {
    EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            program.run(image(run, images, batch, height, width));
          }
        });
  }

  private static Map<String, NDArray> image(
      NDManager run, FloatBuffer images, long batch, long height, long width) {
    Shape shape = new Shape(batch, 3, height, width);
    return Map.of(Assembly.IMAGE, run.create(images.duplicate(), shape, DataType.FLOAT32));
  }

  @Override
  public void close() {
    program.close();
  }
}
