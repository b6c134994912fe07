package dev.inlay.standard;

import dev.inlay.Backbone;
import dev.inlay.Check;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A stand-in for a backbone, to describe or test one technique alone: a strided convolution before
 * the first map, and one for each map.
 *
 * <p>Image (B,3,H,W) to maps (B,C,H/s,W/s). Specs can name it only if a program registers it.
 */
@Named(value = "given", says = "Stands in for a backbone.")
public final class GivenMaps implements Backbone<GivenMaps.Options> {

  public record Options(
      @Option(value = "channels of each map", is = "[8, 16, 24, 32]", least = 1)
          List<Integer> channels,
      @Option(value = "the stride of each map, in pixels", is = "[4, 8, 16, 32]", least = 2)
          List<Integer> strides) {

    public Options {
      Check.that(
          strides.size() == channels.size(),
          "strides is %s; it must name %d values, one for each of channels.",
          strides,
          channels.size());
    }
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = strided("half0", input.image(), 8, 2, scope);
    int stride = 2;
    List<Tensor> maps = new ArrayList<>();
    for (int i = 0; i < options.channels.size(); i++) {
      int step = options.strides.get(i) / stride;
      x = strided("half" + (i + 1), x, options.channels.get(i), step, scope);
      stride *= step;
      maps.add(x);
    }
    return input.withMaps(maps, options.strides);
  }

  private static Tensor strided(String name, Tensor x, int channels, int step, Scope scope) {
    return scope.convNorm(name, x, channels, Window.of(3).stride(step)).tanh();
  }
}
