package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.spec.Samples.Every;
import dev.inlay.spec.Samples.Stem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Specs bind onto options, print in their shortest form, and read back equal. */
final class NetworkSpecTest {

  @Test
  void bindsEveryTypeOfOption() {
    NetworkSpec spec =
        parse(
            "resnet50 | every(whole=-3, large=9000000000, number=1e-3, flag=true, text='it''s"
                + " (so)', stem=three-by-three, wholes=[], larges=[+7], numbers=[.5, 2],"
                + " flags=[false], texts=[true, 8, 'a, b', ''], stems=[v1c, plain]) | fcn");
    assertThat(spec.stages().get(1).options())
        .isEqualTo(
            new Every(
                -3,
                9_000_000_000L,
                0.001,
                true,
                "it's (so)",
                Stem.THREE_BY_THREE,
                List.of(),
                List.of(7L),
                List.of(0.5, 2.0),
                List.of(false),
                List.of("true", "8", "a, b", ""),
                List.of(Stem.V1C, Stem.PLAIN)));
  }

  /** One of the samples' presets names an unknown technique, without effect on other presets. */
  @Test
  void knowsThePresetThatItIs() {
    assertThat(parse("resnet(depth=18) | fcn").preset(Samples.TECHNIQUES)).contains("fcn_r18");
    assertThat(parse("resnet50(stem=v1c, stride=8) | aspp(channels=512) | fcn"))
        .returns(Optional.of("pspnet_r50-d8"), spec -> spec.preset(Samples.TECHNIQUES));
    assertThat(parse("resnet50 | fcn").preset(Samples.TECHNIQUES)).isEmpty();
  }

  @Test
  void printsTheShortestForm() {
    assertPrints("resnet(depth=50, stride=8)|fcn()", "resnet50(stride=8) | fcn");
    assertPrints("resnet | fcn", "resnet50 | fcn");
    assertPrints("resnet(depth=50, stem=v1c) | fcn", "resnet50c | fcn");
    assertPrints("resnet18(stem=v1c, stride=32) | fcn", "resnet18(stem=v1c) | fcn");
    assertPrints(
        "resnet50 | aspp(channels=256, rates=[1,2]) | fcn", "resnet50 | aspp(rates=[1, 2]) | fcn");
    assertPrints(
        "resnet50 | every(number=1e-5, text='a-b', stem=three-by-three) | fcn",
        "resnet50 | every(number=1.0e-5, text=a-b, stem=three-by-three) | fcn");
    assertPrints("\n resnet50\n |\n\tfcn ( ) ", "resnet50 | fcn");
  }

  @Test
  void aPresetIsASpecUnderAName() {
    assertPrints(" pspnet_r50-d8 ", "resnet50c(stride=8) | aspp(channels=512) | fcn");
    assertThat(parse("fcn_r18")).isEqualTo(parse("resnet18 | fcn"));
  }

  @Test
  void yamlIsTheSameTree() {
    NetworkSpec spec = parse("resnet50(stride=8) | aspp(rates=[12, 24], dropout=0) | fcn");
    assertThat(spec.toYaml())
        .isEqualTo(
            """
            - resnet50: {stride: 8}
            - aspp: {rates: [12, 24], dropout: 0.0}
            - fcn
            """);
    assertThat(parse(spec.toYaml())).isEqualTo(spec);
    assertThat(
            parse(
                """
                --- # in blocks, with a comment
                - resnet:
                    "depth": 50
                    stride: 8
                - aspp:
                    rates:
                    - 12
                    - 24
                    dropout: '0'
                - fcn:
                """))
        .isEqualTo(spec);
  }

  @Test
  void otherReadersOfYamlSeeTheSameValues() {
    NetworkSpec spec =
        parse("resnet50 | every(text='no', texts=['8', 'x: y', 'é\n'], number=1e9) | fcn");
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(spec.toYaml());
    Map<String, ?> options =
        Map.of("text", "no", "texts", List.of("8", "x: y", "é\n"), "number", 1e9);
    assertThat(tree).isEqualTo(List.of("resnet50", Map.of("every", options), "fcn"));
  }

  @Test
  void whateverTheOptionsTextAndYamlReadBackEqual() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      NetworkSpec spec = withEvery(random);
      assertThat(parse(spec.toString())).as(spec.toString()).isEqualTo(spec);
      assertThat(parse(spec.toYaml())).as(spec.toYaml()).isEqualTo(spec);
    }
  }

  @Test
  void specsOfOtherOptionsOrTechniquesDiffer() {
    NetworkSpec spec = parse("resnet50 | aspp | fcn");
    assertThat(spec).isNotEqualTo(parse("resnet50 | aspp(channels=255) | fcn"));
    assertThat(spec).isNotEqualTo(parse("resnet50 | strip-pooling | fcn"));
    assertThat(spec).isNotEqualTo(parse("resnet50 | aspp | aspp | fcn"));
    assertThat(spec).hasSameHashCodeAs(parse("resnet(depth=50) | aspp(channels=256) | fcn"));
  }

  private static NetworkSpec withEvery(Random random) {
    Stem[] stems = Stem.values();
    Supplier<Stem> stem = () -> stems[random.nextInt(stems.length)];
    Every options =
        new Every(
            random.nextInt(),
            random.nextLong(),
            number(random),
            random.nextBoolean(),
            string(random),
            stem.get(),
            list(random, random::nextInt),
            list(random, random::nextLong),
            list(random, () -> number(random)),
            list(random, random::nextBoolean),
            list(random, () -> string(random)),
            list(random, stem));
    return new NetworkSpec(
        List.of(
            parse("resnet50 | fcn").stages().get(0),
            new NetworkSpec.Stage<>(new Samples.EveryContext(), options),
            parse("resnet50 | fcn").stages().get(1)),
        Samples.TECHNIQUES);
  }

  private static double number(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) && random.nextBoolean() ? any : random.nextInt(100) / 4.0;
  }

  private static String string(Random random) {
    String[] parts = {
      "a", "Z", "7", "-", "_", ".", "+", " ", "'", "\"", "\\", ",", "[", "]", "|", "#", ": ", "é",
      "日", "😀", "\n", "\t", "\r", "\u0001", "\u0085", "\u2028", "\uFEFF", "null", "yes", "~", "&a",
      "*", "!"
    };
    StringBuilder string = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      string.append(parts[random.nextInt(parts.length)]);
    }
    return string.toString();
  }

  private static <T> List<T> list(Random random, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return List.copyOf(list);
  }

  private static void assertPrints(String spec, String shortest) {
    assertThat(parse(spec)).hasToString(shortest);
    assertThat(parse(shortest)).isEqualTo(parse(spec));
  }

  private static NetworkSpec parse(String spec) {
    return NetworkSpec.parse(spec, Samples.TECHNIQUES);
  }
}
