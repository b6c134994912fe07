package dev.inlay.cli.train;

import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How blocks of labels become short vectors and blocks again: x = P v and W x, P being W turned.
 */
final class BlockCode {

  /** The name of W in a network whose decoder is {@code dupsampling}. */
  static final String NAME = "dupsampling.dupsample.conv_w.weight";

  private final int size;
  private final int channels;
  private final float[] weights;
  private final double error;
  private final double share;

  /**
   * A code with these weights.
   *
   * @param weights W (size,channels), whose columns are orthonormal
   * @param error the mean of the squared difference between a block's values and what is made of
   *     them
   * @param share how much of the blocks' squared values is kept
   */
  BlockCode(int size, int channels, float[] weights, double error, double share) {
    this.size = size;
    this.channels = channels;
    this.weights = weights;
    this.error = error;
    this.share = share;
  }

  int channels() {
    return channels;
  }

  double error() {
    return error;
  }

  double share() {
    return share;
  }

  /** W P (size,size): row i is what becomes of a block with a single 1 at i. */
  float[] projection() {
    float[] projection = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++) {
          sum += weights[i * channels + channel] * weights[j * channels + channel];
        }
        projection[i * size + j] = sum;
        projection[j * size + i] = sum;
      }
    }
    return projection;
  }

  /** Saves W as the decoder's 1x1 convolution (size,channels,1,1). */
  void save(Path file, Map<String, String> metadata) {
    ByteBuffer bytes =
        ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    List<Long> shape = List.of((long) size, (long) channels, 1L, 1L);
    SafetensorsWriter.write(
        file,
        metadata,
        List.of(new TensorInfo(NAME, TensorType.F32, shape)),
        (tensor, channel) -> channel.write(bytes));
  }
}
