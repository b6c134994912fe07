package dev.inlay.plugins.resnet;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A stem and up to four stages of residual blocks, shared by backbones that differ only inside the
 * block.
 *
 * @param options the depth, strides and widths
 * @param gate the function applied to the middle map of every block
 */
public record ResidualStages(ResNet.Options options, Gate gate) {

  /**
   * The position of a block.
   *
   * @param stage the stage, from 0 to 3
   * @param index the block's index in its stage, from 0
   * @param isLast whether the block is the last of its stage
   */
  public record Place(int stage, int index, boolean isLast) {}

  /**
   * A function of the map between a block's convolutions, after the norm and ReLU of the 3x3
   * convolution.
   */
  @FunctionalInterface
  public interface Gate {

    /**
     * Describes the changed map.
     *
     * @param middle the map (B,C,H,W) before the block's last convolution
     * @param scope the block's scope
     */
    Tensor apply(Tensor middle, Place place, Scope scope);
  }

  /** Describes all stages; the maps are the outputs of the stages. */
  public Features build(Features input, Scope plain) {
    Scope scope = options.smoothing().in(plain);
    Tensor x = stem(input.image(), scope).maxPool(Window.of(3).stride(2));
    List<Tensor> maps = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    int stride = 4;
    for (int stage = 0; stage < options.stages(); stage++) {
      int blocks = options.blocks(stage);
      for (int i = 0; i < blocks; i++) {
        Scope s = scope.at("layer" + (stage + 1), i);
        x = block(x, new Place(stage, i, i == blocks - 1), s);
      }
      stride *= options.stageStride(stage);
      maps.add(x);
      strides.add(stride);
    }
    return input.withMaps(maps, strides);
  }

  private Tensor stem(Tensor image, Scope s) {
    int channels = options.stemChannels() == 0 ? options.width() : options.stemChannels();
    if (options.stem() == ResNet.Stem.PLAIN) {
      return s.norm("bn1", s.conv("conv1", image, channels, Window.of(7).stride(2))).relu();
    }
    Tensor x = image;
    x = s.norm("stem.1", s.conv("stem.0", x, channels / 2, Window.of(3).stride(2))).relu();
    x = s.norm("stem.4", s.conv("stem.3", x, channels / 2, 3)).relu();
    return s.norm("stem.7", s.conv("stem.6", x, channels, 3)).relu();
  }

  /** Describes one block: (B,C,H,W) to the channels and stride of its position. */
  public Tensor block(Tensor x, Place place, Scope s) {
    int channels = options.width() << place.stage();
    int stride = place.index() == 0 ? options.stageStride(place.stage()) : 1;
    Window spread = Window.of(3).dilation(dilation(place));
    if (options.hasBottlenecks()) {
      boolean early = options.style() == ResNet.Style.CAFFE;
      Window first = Window.of(1).stride(early ? stride : 1);
      Window middle = spread.stride(early ? 1 : stride);
      Tensor y = s.norm("bn1", s.conv("conv1", x, channels, first)).relu();
      y = gate.apply(s.norm("bn2", s.conv("conv2", y, channels, middle)).relu(), place, s);
      y = s.norm("bn3", s.conv("conv3", y, 4 * channels, 1));
      return y.plus(shortcut(x, 4 * channels, stride, s)).relu();
    }
    Tensor y = s.norm("bn1", s.conv("conv1", x, channels, spread.stride(stride))).relu();
    y = s.norm("bn2", s.conv("conv2", gate.apply(y, place, s), channels, 3));
    return y.plus(shortcut(x, channels, stride, s)).relu();
  }

  private int dilation(Place place) {
    if (place.stage() == options.stages() - 1 && !options.multiGrid().isEmpty()) {
      return options.multiGrid().get(place.index());
    }
    int dilation = options.stageDilation(place.stage());
    boolean halves = place.index() == 0 && dilation > 1 && options.contractDilation();
    return halves ? dilation / 2 : dilation;
  }

  private Tensor shortcut(Tensor x, int channels, int stride, Scope block) {
    if (stride == 1 && x.channels() == channels) {
      return x;
    }
    if (!options.averages()) {
      return block.convNormSequence("downsample", x, channels, Window.of(1).stride(stride));
    }
    Scope s = block.at("downsample");
    Window mean = Window.of(stride).padding(0).stride(stride);
    Tensor pooled = stride == 1 ? x : x.avgPool(mean, true);
    return s.norm("2", s.conv("1", pooled, channels, 1));
  }
}
