package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;

/** What is done to pixels before and behind a network, in the engine: bytes in, class ids out. */
final class Pixels implements AutoCloseable {

  private static final String NORMALIZE =
      """
        def forward(self, image: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
          planes = torch.to(torch.permute(image, [0, 3, 1, 2]), 6, memory_format=0)
          return torch.div_(torch.sub_(torch.div_(planes, 255), mean), deviation)
      """;

  private static final String LABELS =
      """
        def forward(self, logits: Tensor) -> Tensor:
          return torch.to(torch.argmax(logits, 1, False), 0)
      """;

  private final Script normalize;
  private final Script labels;

  Pixels(NDManager manager) {
    normalize = new Script(manager, NORMALIZE);
    labels = new Script(manager, LABELS);
  }

  /** Bytes (B,H,W,3) of red, green and blue, as normalised planes (B,3,H,W). */
  NDArray normalized(
      NDManager manager, ByteBuffer images, long batch, long height, long width, Normalization by) {
    Shape shape = new Shape(batch, height, width, 3);
    try (NDArray bytes = manager.create(images, shape, DataType.UINT8);
        NDArray mean = perChannel(manager, by.mean());
        NDArray deviation = perChannel(manager, by.deviation())) {
      // What inference mode makes can't be saved for a gradient, and training reads this too.
      return normalize.train(new NDList(bytes, mean, deviation)).singletonOrThrow();
    }
  }

  private static NDArray perChannel(NDManager manager, Iterable<Double> values) {
    float[] floats = new float[3];
    int i = 0;
    for (double value : values) {
      floats[i++] = (float) value;
    }
    return manager.create(floats, new Shape(1, 3, 1, 1));
  }

  /** The class of the largest logit (B,K,H,W) at each pixel: bytes (B,H,W). */
  NDArray labels(NDArray logits) {
    return labels.infer(new NDList(logits)).singletonOrThrow();
  }

  @Override
  public void close() {
    normalize.close();
    labels.close();
  }
}
