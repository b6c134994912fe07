package ${package};

import dev.inlay.Backbone;
import dev.inlay.Cites;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/** Stages of two 3x3 convolutions, each at half the resolution of the stage before (section 2). */
@Named(value = "${name}", says = "Stages of two 3x3 convolutions, each at half the resolution.")
@Cites(
    arxiv = "1409.1556",
    title = "Very Deep Convolutional Networks for Large-Scale Image Recognition",
    authors = "Simonyan and Zisserman",
    venue = "ICLR 2015")
public final class ${className} implements Backbone<${className}.Options> {

  public record Options(
      @Option(value = "channels of the first stage; each further one has twice as many", is = "32", least = 1)
          int width,
      @Option(value = "the number of stages", is = "4", least = 1, most = 6) int stages) {}

  @Override
  public Features build(Options options, Features input, Scope scope) {
    List<Tensor> maps = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    Tensor x = input.image();
    for (int i = 0; i < options.stages(); i++) {
      Scope stage = scope.at("stages", i);
      int channels = options.width() << i;
      x = stage.convNormRelu("down", x, channels, Window.of(3).stride(2));
      x = stage.convNormRelu("same", x, channels, 3);
      maps.add(x);
      strides.add(2 << i);
    }
    return input.withMaps(maps, strides);
  }
}
