package dev.inlay.reference;

import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.SampleKinds;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Techniques as small as may be, with the references that networks are read by. */
public final class SampleParts {

  static final Techniques TECHNIQUES =
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

  static NetworkSpec spec(String text) {
    return NetworkSpec.parse(text, TECHNIQUES);
  }

  static Assembly assembly(String text, int classes) {
    return Assembly.of(spec(text), classes);
  }

  /** The one option that samples have. */
  public record Width(@Option("channels") int width) {}

  /** The options of what reads an earlier map. */
  public record Earlier(@Option("channels") int width, @Option("which map") int map) {}

  /** The options of the decoder. */
  public record Shuffle(@Option("pixels in a row that one becomes") int factor) {}

  /** A backbone with maps of strides 2 and 4. */
  public record Trunk() implements SampleKinds.OfBackbone<Width> {
    @Override
    public String name() {
      return "trunk";
    }

    @Override
    public String example() {
      return "trunk | last";
    }

    @Override
    public Width defaults() {
      return new Width(4);
    }

    @Override
    public List<Reference<Width>> references() {
      return List.of(Reference.of("Trunk", "trunk(width={width=4})"));
    }

    @Override
    public Features build(Width options, Features input, Scope scope) {
      Window window = Window.of(3).stride(2);
      Tensor first = scope.convNormRelu("stem", input.image(), options.width, window);
      Tensor second = scope.convNormRelu("layer1.0", first, 2 * options.width, window);
      return input.withMaps(List.of(first, second), List.of(2, 4));
    }
  }

  /** A neck: every map by a convolution of its own. */
  public record Lift() implements SampleKinds.OfContext<Width> {
    @Override
    public String name() {
      return "lift";
    }

    @Override
    public String example() {
      return "trunk | lift | last";
    }

    @Override
    public Width defaults() {
      return new Width(6);
    }

    @Override
    public List<Reference<Width>> references() {
      return List.of(
          Reference.<Width>of("Lift", "lift(width={out_channels})").renaming("ups.", "convs."));
    }

    @Override
    public Features build(Width options, Features input, Scope scope) {
      List<Tensor> maps = new ArrayList<>();
      for (int i = 0; i < input.maps().size(); i++) {
        maps.add(scope.convBias("convs." + i, input.map(i), options.width, 1));
      }
      return input.withMaps(maps, input.strides());
    }
  }

  /** An auxiliary head. */
  public record Side() implements SampleKinds.OfContext<Earlier> {
    @Override
    public String name() {
      return "side";
    }

    @Override
    public String example() {
      return "trunk | side | last";
    }

    @Override
    public Earlier defaults() {
      return new Earlier(2, -2);
    }

    @Override
    public List<Reference<Earlier>> references() {
      return List.of(
          Reference.<Earlier>of("auxiliary LastHead", "side(map={map}, width={channels=2})")
              .only("factor", "1", "1"),
          Reference.<Earlier>of("torchvision auxiliary LastHead", "side")
              .renaming("0.", "convs.0.")
              .renaming("4.", "conv_seg."));
    }

    @Override
    public Features build(Earlier options, Features input, Scope scope) {
      Tensor map = input.map(options.map);
      Tensor narrow = scope.convBias("convs.0", map, options.width, 1);
      Tensor logits = scope.classify("conv_seg", narrow, input.classes(), 0);
      return input.withSide("side", logits, 0.4);
    }
  }

  /** A context module that ends in a head. */
  public record Pool() implements SampleKinds.OfContext<Width> {
    @Override
    public String name() {
      return "pool";
    }

    @Override
    public String example() {
      return "trunk | pool | last";
    }

    @Override
    public Width defaults() {
      return new Width(3);
    }

    @Override
    public List<Reference<Width>> references() {
      return List.of(Reference.of("PoolHead", "pool(width={channels}) | last"));
    }

    @Override
    public Features build(Width options, Features input, Scope scope) {
      return input.withLast(scope.convNormRelu("bottleneck", input.last(), options.width, 1));
    }
  }

  /** A context module with a coarse head, and a vector that says which classes are there. */
  public record Regions() implements SampleKinds.OfContext<Earlier> {
    @Override
    public String name() {
      return "regions";
    }

    @Override
    public String example() {
      return "trunk | regions | last";
    }

    @Override
    public Earlier defaults() {
      return new Earlier(3, -2);
    }

    @Override
    public List<Reference<Earlier>> references() {
      return List.of(
          Reference.<Earlier>of(
                  "LastHead+RegionsHead", "regions(width={channels}, map={map}) | last")
              .renaming("0.", "coarse.")
              .renaming("1.", ""));
    }

    @Override
    public Features build(Earlier options, Features input, Scope scope) {
      Tensor map = input.map(options.map);
      Tensor coarse = scope.classify("coarse.conv_seg", map, input.classes(), 0);
      Tensor glance = input.last().adaptiveAvgPool(1, 1);
      Tensor there = scope.convBias("presence", glance, input.classes() + 1, 1);
      Tensor x = scope.convBias("reduce", input.last(), options.width, 1);
      return input.withLast(x).withSide("coarse", coarse, 0.4).withSide("presence", there, 0.1);
    }
  }

  /** A decoder. */
  public record Last() implements SampleKinds.OfDecoder<Shuffle> {
    @Override
    public String name() {
      return "last";
    }

    @Override
    public String example() {
      return "trunk | last";
    }

    @Override
    public Shuffle defaults() {
      return new Shuffle(1);
    }

    @Override
    public List<Reference<Shuffle>> references() {
      return List.of(
          Reference.of("LastHead", "last(factor={factor=1})"),
          Reference.<Shuffle>of("torchvision LastHead", "last").renaming("4.", "conv_seg."));
    }

    @Override
    public Tensor build(Shuffle options, Features input, Scope scope) {
      int pixels = options.factor * options.factor;
      Tensor scores = scope.classify("conv_seg", input.last(), input.classes() * pixels, 0);
      return options.factor == 1 ? scores : scores.pixelShuffle(options.factor);
    }
  }
}
