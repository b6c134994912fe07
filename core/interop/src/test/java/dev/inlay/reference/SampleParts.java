package dev.inlay.reference;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Counterpart;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Techniques as small as may be, with the references that networks are read by. */
public final class SampleParts {

  private static final String MM = "mmsegmentation";

  public static final Techniques TECHNIQUES =
      Techniques.of(
          Stream.of(
                  new Trunk(),
                  new Lift(),
                  new Side(),
                  new Pool(),
                  new Regions(),
                  new Last(),
                  new CrossEntropy())
              .map(each -> new Techniques.Entry(each, "samples.jar"))
              .toList(),
          "");

  private SampleParts() {}

  public static NetworkSpec spec(String text) {
    return NetworkSpec.parse(text, TECHNIQUES);
  }

  public static Assembly assembly(String text, int classes) {
    return Assembly.of(spec(text), classes);
  }

  /** The option of {@link Trunk}. */
  public record TrunkOptions(@Option(value = "channels", is = "4") int width) {}

  /** The option of {@link Lift}. */
  public record LiftOptions(@Option(value = "channels", is = "6") int width) {}

  /** The options of {@link Side}. */
  public record SideOptions(
      @Option(value = "channels", is = "2") int width,
      @Option(value = "which map", is = "-2") int map) {}

  /** The option of {@link Pool}. */
  public record PoolOptions(@Option(value = "channels", is = "3") int width) {}

  /** The options of {@link Regions}. */
  public record RegionsOptions(
      @Option(value = "channels", is = "3") int width,
      @Option(value = "which map", is = "-2") int map) {}

  /** The option of {@link Last}. */
  public record LastOptions(
      @Option(value = "pixels in a row that one becomes", is = "1") int factor) {}

  /** A backbone with maps of strides 2 and 4. */
  @Named(value = "trunk", says = "A sample.")
  public record Trunk() implements Backbone<TrunkOptions> {
    @Override
    public List<Reference> references() {
      return List.of(Reference.of(Counterpart.backbone(MM, "Trunk"), "trunk(width={width=4})"));
    }

    @Override
    public Features build(TrunkOptions options, Features input, Scope scope) {
      Window window = Window.of(3).stride(2);
      Tensor first = scope.convNormRelu("stem", input.image(), options.width, window);
      Tensor second = scope.convNormRelu("layer1.0", first, 2 * options.width, window);
      return input.withMaps(List.of(first, second), List.of(2, 4));
    }
  }

  /** A neck: every map by a convolution of its own. */
  @Named(value = "lift", says = "A sample.")
  public record Lift() implements ContextModule<LiftOptions> {
    @Override
    public List<Reference> references() {
      return List.of(
          Reference.of(Counterpart.neck(MM, "Lift"), "lift(width={out_channels})")
              .renaming("ups.", "convs."));
    }

    @Override
    public Features build(LiftOptions options, Features input, Scope scope) {
      List<Tensor> maps = new ArrayList<>();
      for (int i = 0; i < input.maps().size(); i++) {
        maps.add(scope.convBias("convs." + i, input.map(i), options.width, 1));
      }
      return input.withMaps(maps, input.strides());
    }
  }

  /** An auxiliary head. */
  @Named(value = "side", says = "A sample.")
  public record Side() implements ContextModule<SideOptions> {
    @Override
    public List<Reference> references() {
      return List.of(
          Reference.of(Counterpart.auxiliary(MM, "LastHead"), "side(map={map}, width={channels=2})")
              .only("factor", "1", "1"),
          Reference.of(Counterpart.auxiliary("torchvision", "LastHead"), "side")
              .renaming("0.", "convs.0.")
              .renaming("4.", "conv_seg."));
    }

    @Override
    public Features build(SideOptions options, Features input, Scope scope) {
      Tensor map = input.map(options.map);
      Tensor narrow = scope.convBias("convs.0", map, options.width, 1);
      Tensor logits = scope.classify("conv_seg", narrow, input.classes(), 0);
      return input.withSide("side", logits, 0.4);
    }
  }

  /** A context module that ends in a head. */
  @Named(value = "pool", says = "A sample.")
  public record Pool() implements ContextModule<PoolOptions> {
    @Override
    public List<Reference> references() {
      return List.of(
          Reference.of(Counterpart.head(MM, "PoolHead"), "pool(width={channels}) | last"));
    }

    @Override
    public Features build(PoolOptions options, Features input, Scope scope) {
      return input.withLast(scope.convNormRelu("bottleneck", input.last(), options.width, 1));
    }
  }

  /** A context module with a coarse head, and a vector that says which classes are there. */
  @Named(value = "regions", says = "A sample.")
  public record Regions() implements ContextModule<RegionsOptions> {
    @Override
    public List<Reference> references() {
      return List.of(
          Reference.of(
                  Counterpart.head(MM, "LastHead", "RegionsHead"),
                  "regions(width={channels}, map={map}) | last")
              .renaming("0.", "coarse.")
              .renaming("1.", ""));
    }

    @Override
    public Features build(RegionsOptions options, Features input, Scope scope) {
      Tensor map = input.map(options.map);
      Tensor coarse = scope.classify("coarse.conv_seg", map, input.classes(), 0);
      Tensor glance = input.last().adaptiveAvgPool(1, 1);
      Tensor there = scope.convBias("presence", glance, input.classes() + 1, 1);
      Tensor x = scope.convBias("reduce", input.last(), options.width, 1);
      return input.withLast(x).withSide("coarse", coarse, 0.4).withSide("presence", there, 0.1);
    }
  }

  /** A decoder. */
  @Named(value = "last", says = "A sample.")
  public record Last() implements Decoder<LastOptions> {
    @Override
    public List<Reference> references() {
      return List.of(
          Reference.of(Counterpart.head(MM, "LastHead"), "last(factor={factor=1})"),
          Reference.of(Counterpart.head("torchvision", "LastHead"), "last")
              .renaming("4.", "conv_seg."));
    }

    @Override
    public Tensor build(LastOptions options, Features input, Scope scope) {
      int pixels = options.factor * options.factor;
      Tensor scores = scope.classify("conv_seg", input.last(), input.classes() * pixels, 0);
      return options.factor == 1 ? scores : scores.pixelShuffle(options.factor);
    }
  }
}
