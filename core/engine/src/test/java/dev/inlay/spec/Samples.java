package dev.inlay.spec;

import dev.inlay.Backbone;
import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import java.util.Arrays;
import java.util.List;

/** Techniques with options of every kind that describe nothing: specs never build them. */
public final class Samples {
  private Samples() {}

  /** The first layers of a network. */
  public enum Stem {
    PLAIN,
    V1C,
    THREE_BY_THREE
  }

  /** Options with short forms. */
  public record ResNet(
      @Option(
              value = "how many layers",
              is = "50",
              oneOf = {18, 50, 101})
          int depth,
      @Option(
              value = "pixels of the image to one of the last map",
              is = "32",
              oneOf = {8, 16, 32})
          int stride,
      @Option(value = "the first layers", is = "plain") Stem stem) {}

  /** Options of the usual kinds. */
  public record Aspp(
      @Option(value = "dilations of the branches", is = "[6, 12, 18]", least = 1)
          List<Integer> rates,
      @Option(value = "channels of each branch", is = "256", least = 1) int channels,
      @Option(value = "share of values dropped", is = "0.1", least = 0, most = 1) double dropout) {
    public Aspp {
      rates = List.copyOf(rates);
      Check.that(rates.size() < 9 || channels < 999, "nine branches of 999 channels are too much");
    }
  }

  /** An option of each type; the lists have no description. */
  public record Every(
      @Option(value = "an int", is = "1") int whole,
      @Option(value = "a long", is = "2") long large,
      @Option(value = "a double", is = "0.5") double number,
      @Option(value = "a boolean", is = "false") boolean flag,
      @Option(value = "a string", is = "word") String text,
      @Option(value = "an enum", is = "plain") Stem stem,
      @Option(value = "", is = "[1]", empty = true) List<Integer> wholes,
      @Option(value = "", is = "[2]", empty = true) List<Long> larges,
      @Option(value = "", is = "[0.5]", empty = true) List<Double> numbers,
      @Option(value = "", is = "[true]", empty = true) List<Boolean> flags,
      @Option(value = "", is = "[one, 'two words']", empty = true) List<String> texts,
      @Option(value = "", is = "[v1c]", empty = true) List<Stem> stems) {}

  /** No options. */
  public record None() {}

  /** Options whose checks fail. */
  public record Faulty(@Option(value = "what fails", is = "0") int number) {
    public Faulty {
      if (number == 1) {
        throw new ArithmeticException("divided by nothing");
      }
    }
  }

  /** The build method of every sample, which fails. */
  private static Features nothing() {
    throw new UnsupportedOperationException();
  }

  /** A backbone with short forms and presets, which stand in resnet.yaml. */
  @Named(value = "resnet", says = "A sample.")
  public static final class ResNetBackbone implements Backbone<ResNet> {
    @Override
    public Features build(ResNet options, Features input, Scope scope) {
      return nothing();
    }
  }

  /** A context module with options of the usual kinds. */
  @Named(value = "aspp", says = "A sample.")
  @Cites(title = "A sample", authors = "Nobody et al.", venue = "TEST 2020", arxiv = "0")
  public static final class AsppContext implements ContextModule<Aspp> {
    @Override
    public Features build(Aspp options, Features input, Scope scope) {
      return nothing();
    }
  }

  /** A context module without options. */
  @Named(value = "strip-pooling", says = "A sample.")
  public static final class StripContext implements ContextModule<None> {
    @Override
    public Features build(None options, Features input, Scope scope) {
      return nothing();
    }
  }

  /** A context module with an option of each type. */
  @Named(value = "every", says = "A sample.")
  public static final class EveryContext implements ContextModule<Every> {
    @Override
    public Features build(Every options, Features input, Scope scope) {
      return nothing();
    }
  }

  /** A context module whose options fail. */
  @Named(value = "faulty", says = "A sample.")
  public static final class FaultyContext implements ContextModule<Faulty> {
    @Override
    public Features build(Faulty options, Features input, Scope scope) {
      return nothing();
    }
  }

  /** A decoder. */
  @Named(value = "fcn", says = "A sample.")
  public static final class FcnDecoder implements Decoder<None> {
    @Override
    public Tensor build(None options, Features input, Scope scope) {
      return nothing().last();
    }
  }

  /** An objective. */
  @Named(value = "dice", says = "A sample.")
  public static final class DiceObjective implements Objective<None> {
    @Override
    public Tensor loss(None options, Tensor output, Tensor labels, int ignore, Scope scope) {
      return nothing().last();
    }
  }

  /** A context module that overrides its name. */
  public record SelfNamed(String name) implements ContextModule<None> {
    @Override
    public Features build(None options, Features input, Scope scope) {
      return nothing();
    }
  }

  static final Technique<ResNet> RESNET_BACKBONE = new ResNetBackbone();
  static final Technique<Aspp> ASPP_CONTEXT = new AsppContext();
  static final Technique<None> FCN = new FcnDecoder();

  static final Techniques TECHNIQUES =
      techniques(
          "",
          RESNET_BACKBONE,
          ASPP_CONTEXT,
          new StripContext(),
          new EveryContext(),
          new FaultyContext(),
          FCN,
          new DiceObjective());

  static Techniques techniques(String where, Technique<?>... techniques) {
    return Techniques.of(
        Arrays.stream(techniques).map(t -> new Techniques.Entry(t, "samples.jar")).toList(), where);
  }
}
