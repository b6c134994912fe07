package dev.inlay.adapt;

import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight (1,C,…) or bias (1) of a classifier with one logit, with a class before it: the logits
 * of the two classes are a constant and the original's.
 *
 * @param original the tensor as the file has it
 * @param constant the value of all numbers of the class before: 0 for a weight, the class's logit
 *     for a bias
 */
record FirstOfTwo(TensorInfo original, double constant) implements Adaptation {

  @Override
  public TensorInfo adapted() {
    List<Long> shape = new ArrayList<>(original.shape());
    shape.set(0, 2L);
    // Half precision could not hold the constant of a bias.
    return new TensorInfo(original.name(), TensorType.F32, shape);
  }

  @Override
  public byte[] bytes(byte[] from) {
    float[] logit = original.type().floats(ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN));
    ByteBuffer to =
        ByteBuffer.allocate(2 * logit.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < logit.length; i++) {
      to.putFloat((float) constant);
    }
    for (float number : logit) {
      to.putFloat(number);
    }
    return to.array();
  }
}
