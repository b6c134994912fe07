package dev.inlay.plugins.hrnet;

import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * One module: each branch works at its own resolution, then every branch gets the sum of all (the
 * paper's sections 3.1 and 3.2).
 */
final class Exchange {

  /** A 3x3 convolution's window that makes a map half as fine. */
  static final Window HALVING = Window.of(3).stride(2);

  private Exchange() {}

  /**
   * Describes a module: maps (B,C,H,W), each half as fine as the one before, to maps like them.
   *
   * @param blocks how many blocks each branch has
   * @param made how many maps are made, the finest ones
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
        sum = sum.add(brought(found, from, to, scope));
      }
      fused.add(sum.relu());
    }
    return fused;
  }

  private static Tensor residual(Tensor x, Scope s) {
    Tensor y = s.norm("bn1", s.conv("conv1", x, x.channels(), 3)).relu();
    return s.norm("bn2", s.conv("conv2", y, x.channels(), 3)).add(x).relu();
  }

  /** What a branch contributes to another, at the other's resolution and channels. */
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

  /** Bilinear by a whole factor, then to a map's size, which is smaller where sizes are odd. */
  static Tensor enlarged(Tensor x, int factor, Tensor like) {
    return x.resize(x.height().times(factor), x.width().times(factor), false).resizeTo(like, false);
  }
}
