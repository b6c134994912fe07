package ${package};

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/** Scales channels by weights from their means (section 3): (B,C,h,w) to (B,C,h,w). */
@Named(value = "${name}", says = "Scales channels by weights from their means.")
@Cites(arxiv = "1709.01507", title = "Squeeze-and-Excitation Networks", authors = "Hu et al.", venue = "CVPR 2018")
public final class ${className} implements ContextModule<${className}.Options> {

  public record Options(
      @Option(value = "the factor by which the hidden layer has fewer channels", is = "16", least = 1)
          int reduction) {}

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.last();
    Tensor means = x.adaptiveAvgPool(1, 1);
    int hidden = Math.max(1, x.channels() / options.reduction());
    Tensor squeezed = scope.convBias("fc1", means, hidden, 1).relu();
    Tensor scales = scope.convBias("fc2", squeezed, x.channels(), 1).sigmoid();
    return input.withLast(x.times(scales));
  }
}
