package dev.inlay.plugins.dupsampling;

import dev.inlay.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The second moments of blocks of labels, added up image by image, and their principal directions.
 *
 * <p>The moments are about zero, not about the mean: the decoder's layer is W x without a bias, and
 * among all W and P the leading directions about zero have the least |v - W P v|^2, which is what
 * the paper asks for (section 3.2, equation 3).
 */
final class BlockMoments {

  private final LabelBlocks blocks;
  private final int size;

  /**
   * The number of blocks with ones at both of two indices: at first * size + second, first >=
   * second.
   */
  private final int[] pairs;

  private long count;

  BlockMoments(LabelBlocks blocks) {
    this.blocks = blocks;
    size = blocks.size();
    pairs = new int[Math.multiplyExact(size, size)];
  }

  /** Adds the blocks of an image, except blocks of ignored pixels alone. */
  void add(Labels labels) {
    blocks.forEach(
        labels,
        (ones, length) -> {
          for (int i = 0; i < length; i++) {
            int first = ones[i] * size;
            for (int j = 0; j <= i; j++) {
              pairs[first + ones[j]]++;
            }
          }
          count += length > 0 ? 1 : 0;
        });
  }

  /** The number of blocks added. */
  long count() {
    return count;
  }

  /** The code of so many channels with the least squared error on the blocks. */
  BlockCode leading(int channels) {
    DMatrixRMaj moments = moments();
    double all = 0;
    for (int i = 0; i < size; i++) {
      all += moments.get(i, i);
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(moments)) {
      throw new IllegalStateException(
          "The eigenvectors of the blocks' moments could not be computed.");
    }
    List<Integer> order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -eigen.getEigenvalue(i).getReal()))
            .toList();
    float[] weights = new float[size * channels];
    double kept = 0;
    for (int channel = 0; channel < channels; channel++) {
      kept += eigen.getEigenvalue(order.get(channel)).getReal();
      double[] direction = eigen.getEigenVector(order.get(channel)).getData();
      double sign = sign(direction);
      for (int i = 0; i < size; i++) {
        weights[i * channels + channel] = (float) (sign * direction[i]);
      }
    }
    return new BlockCode(weights, Math.max(0, all - kept) / size, kept / all);
  }

  private DMatrixRMaj moments() {
    DMatrixRMaj moments = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = (double) pairs[i * size + j] / count;
        moments.set(i, j, mean);
        moments.set(j, i, mean);
      }
    }
    return moments;
  }

  /**
   * The sign that makes the largest value positive: a direction's sign is arbitrary, a file's must
   * not be.
   */
  private static double sign(double[] direction) {
    double largest = 0;
    for (double value : direction) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    return Math.signum(largest);
  }
}
