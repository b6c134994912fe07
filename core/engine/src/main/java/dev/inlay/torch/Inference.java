package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Source;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network's program for prediction. Several threads may use one at a time. */
public final class Inference implements AutoCloseable {

  private final NDManager manager;
  private final Program program;
  private final Script script;
  private final Pixels pixels;
  private final Parameters parameters;
  private final Map<String, NDArray> prepared = new HashMap<>();

  Inference(NDManager manager, Assembly assembly, Parameters parameters, ProgramOptions options) {
    this.manager = manager;
    this.parameters = parameters;
    program = new Program(assembly.graph(), List.of(assembly.fullLogits()), options);
    script = new Script(manager, Source.forward(program));
    pixels = new Pixels(manager);
    prepare();
  }

  /** Computes anew what the program keeps of the parameters, after these have changed. */
  public void prepare() {
    if (program.prepared().isEmpty()) {
      return;
    }
    try (Script prepare = new Script(manager, Source.prepare(program))) {
      NDList made = prepare.infer(Script.list("p", parameters.get(program.preparedFrom())));
      for (int i = 0; i < made.size(); i++) {
        made.get(i).attach(manager);
        NDArray old = prepared.put(program.prepared().get(i), made.get(i));
        if (old != null) {
          old.close();
        }
      }
    }
  }

  List<String> stored() {
    return program.stored();
  }

  /** The logits (B,K,H,W) of normalised images (B,3,H,W). */
  public HostArray logits(FloatBuffer images, long batch, long height, long width) {
    try (NDManager run = manager.newSubManager()) {
      Shape shape = new Shape(batch, 3, height, width);
      NDArray logits = run(run.create(images.duplicate(), shape, DataType.FLOAT32));
      return new HostArray(logits.getShape().getShape(), logits.toFloatArray());
    }
  }

  /** Computes the logits and leaves them in the engine: what a benchmark times. */
  public void run(FloatBuffer images, long batch, long height, long width) {
    try (NDManager run = manager.newSubManager()) {
      run(run.create(images.duplicate(), new Shape(batch, 3, height, width), DataType.FLOAT32));
    }
  }

  /**
   * The most likely class of each pixel.
   *
   * @param image red, green and blue bytes (H,W,3), in a direct buffer
   * @return class ids (H,W)
   */
  public byte[] labels(ByteBuffer image, int height, int width, Normalization normalization) {
    try (NDManager run = manager.newSubManager()) {
      NDArray input = pixels.normalized(run, image.duplicate(), 1, height, width, normalization);
      NDArray labels = pixels.labels(run(input));
      ByteBuffer bytes = labels.toByteBuffer();
      byte[] ids = new byte[bytes.remaining()];
      bytes.get(ids);
      return ids;
    }
  }

  private NDArray run(NDArray images) {
    List<NDArray> stored = new ArrayList<>();
    for (String name : program.stored()) {
      NDArray made = prepared.get(name);
      stored.add(made == null ? parameters.get(name) : made);
    }
    return script.infer(new NDList(images), Script.list("p", stored)).singletonOrThrow();
  }

  @Override
  public void close() {
    script.close();
    pixels.close();
    prepared.values().forEach(NDArray::close);
  }
}
