package dev.inlay.spec;

import dev.inlay.Check;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Techniques with options of every kind that describe nothing: specs never build them. */
public final class Samples {
  private Samples() {}

  /** How a network begins. */
  public enum Stem {
    PLAIN,
    V1C,
    THREE_BY_THREE
  }

  /** Options with short forms. */
  public record ResNet(
      @Option("how many layers") int depth,
      @Option("pixels of the image to one of the last map") int stride,
      @Option("the first layers") Stem stem) {
    public ResNet {
      Check.oneOf("depth", depth, 18, 50, 101);
      Check.oneOf("stride", stride, 8, 16, 32);
    }
  }

  /** Options of the usual kinds. */
  public record Aspp(
      @Option("dilations of the branches") List<Integer> rates,
      @Option("channels of each branch") int channels,
      @Option("share of values dropped") double dropout) {
    public Aspp {
      rates = List.copyOf(rates);
      Check.eachAtLeast("rates", rates, 1);
      Check.atLeast("channels", channels, 1);
      Check.between("dropout", dropout, 0, 1);
      Check.that(rates.size() < 9 || channels < 999, "nine branches of 999 channels are too much");
    }
  }

  /** One option of each type; the lists have no meaning written. */
  public record Every(
      @Option("an int") int whole,
      @Option("a long") long large,
      @Option("a double") double number,
      @Option("a boolean") boolean flag,
      @Option("a string") String text,
      @Option("an enum") Stem stem,
      List<Integer> wholes,
      List<Long> larges,
      List<Double> numbers,
      List<Boolean> flags,
      List<String> texts,
      List<Stem> stems) {}

  /** No options. */
  public record None() {}

  /** Fails in its own way. */
  public record Faulty(@Option("what fails") int number) {
    public Faulty {
      if (number == 1) {
        throw new ArithmeticException("divided by nothing");
      }
    }
  }

  record Hidden(@Option("unseen") int number) {}

  /** A type that specs do not have. */
  public record Unwritable(@Option("unwritable") Map<String, Integer> table) {}

  /** Lacks a value. */
  public record Absent(@Option("missing") String text) {}

  /** A backbone of a name, with options. */
  public record SampleBackbone<O extends Record>(
      String name, O defaults, Map<String, String> shortForms, Map<String, String> presets)
      implements SampleKinds.OfBackbone<O> {
    @Override
    public String example() {
      return "resnet50 | fcn";
    }

    @Override
    public Features build(O options, Features input, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  /** A context module of a name, with options. */
  public record SampleContext<O extends Record>(String name, O defaults)
      implements SampleKinds.OfContext<O> {
    @Override
    public String example() {
      return "resnet50 | fcn";
    }

    @Override
    public Features build(O options, Features input, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  /** A decoder of a name, with options. */
  public record SampleDecoder<O extends Record>(String name, O defaults)
      implements SampleKinds.OfDecoder<O> {
    @Override
    public String example() {
      return "resnet50 | fcn";
    }

    @Override
    public Tensor build(O options, Features input, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  /** An objective of a name, with options. */
  public record SampleObjective<O extends Record>(String name, O defaults)
      implements SampleKinds.OfObjective<O> {
    @Override
    public String example() {
      return "resnet50 | fcn";
    }

    @Override
    public Tensor loss(O options, Tensor output, Tensor labels, int ignore, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  static final ResNet RESNET = new ResNet(50, 32, Stem.PLAIN);
  static final Aspp ASPP = new Aspp(List.of(6, 12, 18), 256, 0.1);
  static final Every EVERY =
      new Every(
          1,
          2,
          0.5,
          false,
          "word",
          Stem.PLAIN,
          List.of(1),
          List.of(2L),
          List.of(0.5),
          List.of(true),
          List.of("one", "two words"),
          List.of(Stem.V1C));

  static final Technique<ResNet> RESNET_BACKBONE =
      new SampleBackbone<>(
          "resnet",
          RESNET,
          forms(
              "resnet18", "resnet(depth=18)",
              "resnet50", "resnet(depth=50)",
              "resnet101", "resnet(depth=101)",
              "resnet50c", "resnet(depth=50, stem=v1c)",
              "resnet7", "resnet(depth=7)",
              "resnet8", "fcn(depth=8)"),
          forms(
              "pspnet_r50-d8", "resnet50c(stride=8) | aspp(channels=512) | fcn",
              "fcn_r18", "resnet18 | fcn",
              "lost_r18", "resnet18 | jpu | fcn"));
  static final Technique<Aspp> ASPP_CONTEXT = new SampleContext<>("aspp", ASPP);
  static final Technique<None> FCN = new SampleDecoder<>("fcn", new None());

  static final Techniques TECHNIQUES =
      techniques(
          "",
          RESNET_BACKBONE,
          ASPP_CONTEXT,
          new SampleContext<>("strip-pooling", new None()),
          new SampleContext<>("every", EVERY),
          new SampleContext<>("faulty", new Faulty(0)),
          FCN,
          new SampleObjective<>("dice", new None()));

  static Techniques techniques(String where, Technique<?>... techniques) {
    return Techniques.of(
        Arrays.stream(techniques).map(t -> new Techniques.Entry(t, "samples.jar")).toList(), where);
  }

  static Map<String, String> forms(String... namesAndSpecs) {
    Map<String, String> forms = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSpecs.length; i += 2) {
      forms.put(namesAndSpecs[i], namesAndSpecs[i + 1]);
    }
    return forms;
  }
}
