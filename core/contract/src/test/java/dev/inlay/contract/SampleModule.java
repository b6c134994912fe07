package dev.inlay.contract;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;

/** A context module as it should be, whose body can be replaced by a broken one. */
@Named(value = "sample", says = "Convolves.")
@Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
public final class SampleModule implements ContextModule<SampleModule.Options> {

  /** What a module describes. */
  interface Body {
    Features build(Options options, Features input, Scope scope);
  }

  /** Options as they should be. */
  public record Options(
      @Option(value = "channels of the result", is = "8", least = 1) int channels) {}

  private final Body body;

  /** As it should be. */
  public SampleModule() {
    this((options, input, scope) -> healthy(options.channels(), input, scope));
  }

  SampleModule(Body body) {
    this.body = body;
  }

  static Features healthy(int channels, Features input, Scope scope) {
    return input.withLast(scope.convNormRelu("conv", input.last(), channels, 3));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    return body.build(options, input, scope);
  }
}
