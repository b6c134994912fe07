package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.compile.pass.FromPixels;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images as inputs of programs that take bytes. */
final class Images {

  private Images() {}

  /**
   * The inputs of {@link FromPixels} by name.
   *
   * @param images bytes of red, green and blue (B,H,W,3), in a direct buffer
   */
  static Map<String, NDArray> inputs(
      NDManager manager, ByteBuffer images, long batch, long height, long width, Normalization by) {
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    Shape shape = new Shape(batch, height, width, 3);
    inputs.put(FromPixels.PIXELS, manager.create(images.duplicate(), shape, DataType.UINT8));
    inputs.put(FromPixels.MEAN, perChannel(manager, by.mean()));
    inputs.put(FromPixels.DEVIATION, perChannel(manager, by.deviation()));
    return inputs;
  }

  private static NDArray perChannel(NDManager manager, List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return manager.create(floats, new Shape(1, floats.length, 1, 1));
  }
}
