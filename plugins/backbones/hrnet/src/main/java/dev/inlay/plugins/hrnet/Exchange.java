package dev.inlay.plugins.hrnet;

import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * An HRNet module: residual blocks in each branch, then the fusion, which adds up all branches at
 * each branch's resolution (sections 3.1 and 3.2).
 */
final class Exchange {

  /** The window of a 3x3 convolution with stride 2. */
  static final Window HALVING = Window.of(3).stride(2);

  private Exchange() {}

  /**
   * Describes a module: maps (B,C,H,W), each with twice the stride of the one before, to maps of
   * the same shapes.
   *
   * @param blocks the number of blocks of each branch
   * @param made the number of output maps, the finest ones
   */
  static List<Tensor> module(List<Tensor> maps, List<Integer> blocks, int made, Scope scope) {
    List<Tensor> found = new ArrayList<>();
    for (int branch = 0; branch < maps.size(); branch++) {
      Tensor x = maps.get(branch);
      for (int block = 0; block < blocks.get(branch); block++) {
        x = residual(x, scope.at("branches." + branch, block));
      }
      found.add(x);
    }
    List<Tensor> fused = new ArrayList<>();
    for (int to = 0; to < made; to++) {
      Tensor sum = brought(found, 0, to, scope);
      for (int from = 1; from < found.size(); from++) {
        sum = sum.plus(brought(found, from, to, scope));
      }
      fused.add(sum.relu());
    }
    return fused;
  }

  private static Tensor residual(Tensor x, Scope s) {
    Tensor y = s.norm("bn1", s.conv("conv1", x, x.channels(), 3)).relu();
    return s.norm("bn2", s.conv("conv2", y, x.channels(), 3)).plus(x).relu();
  }

  /** A branch's contribution to another branch, with the other's resolution and channels. */
  private static Tensor brought(List<Tensor> maps, int from, int to, Scope module) {
    Tensor x = maps.get(from);
    Tensor like = maps.get(to);
    Scope scope = module.at("fuse_layers." + to, from);
    if (from > to) {
      x = scope.norm("1", scope.conv("0", x, like.channels(), 1));
      return enlarged(x, 1 << (from - to), like);
    }
    for (int step = from; step < to; step++) {
      boolean last = step == to - 1;
      int channels = last ? like.channels() : x.channels();
      x = scope.convNormSequence(String.valueOf(step - from), x, channels, HALVING);
      x = last ? x : x.relu();
    }
    return x;
  }

  /**
   * Upsamples bilinearly by a whole factor, then to a map's size, which is smaller for odd sizes.
   */
  static Tensor enlarged(Tensor x, int factor, Tensor like) {
    return x.resize(x.height().times(factor), x.width().times(factor), false).resizeTo(like, false);
  }
}
