package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inlay summary}. */
final class SummaryCommandTest {

  private static final String PSPNET = "resnet50(stride=8) | auxiliary(channels=256) | ppm | fcn";

  @TempDir private Path folder;

  @Test
  void tableCountsByStageAndInSum() {
    Run run = Run.inlay("summary", PSPNET, "--classes", "19", "--input", "3x512x1024");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll("  +", "; ")))
        .contains(
            "19 classes, images of 1x3x512x1024",
            "stage; output; parameters; convolutions; attention",
            "resnet50; 1x2048x64x128; 23,527,264; 201.84 G; 0",
            "auxiliary(channels=256) *; 1x2048x64x128; 2,364,691; 19.37 G; 0",
            "ppm; 1x512x64x128; 23,073,792; 154.67 G; 0",
            "fcn; 1x19x64x128; 9,747; 79.69 M; 0",
            "inference; 46,610,803; 356.59 G; 0",
            "with what only training uses; 48,975,494; 375.96 G; 0",
            "* holds parameters that only training uses.");
  }

  @Test
  void jsonHoldsExactCounts() {
    JsonObject summary =
        JsonParser.parseString(Run.inlay("summary", PSPNET, "--json").out()).getAsJsonObject();

    assertThat(summary.get("parameters").getAsLong()).isEqualTo(48_975_494);
    assertThat(summary.get("parametersInference").getAsLong()).isEqualTo(46_610_803);
    assertThat(summary.get("convMacs").getAsLong()).isEqualTo(356_593_434_624L);
    assertThat(summary.get("attentionMacs").getAsLong()).isZero();
    assertThat(summary.getAsJsonArray("stages")).hasSize(4);
    JsonObject last = summary.getAsJsonArray("stages").get(3).getAsJsonObject();
    assertThat(last.get("name").getAsString()).isEqualTo("fcn");
    assertThat(last.get("outputs").toString()).isEqualTo("[[1,19,64,128]]");
    assertThat(last.get("convMacs").getAsLong()).isEqualTo(79_691_776);
  }

  @Test
  void whatOnlyTrainingUsesIsNamedWithObjectiveAndWeight() {
    assertThat(Run.inlay("summary", "encnet_r50-d8").out())
        .endsWith(
            """

            Only while training
              auxiliary  (B,19,H/8,W/8)  cross-entropy, weight 0.4
              presence   (B,19)          presence, weight 0.2
            Inference does not read the layers of 'presence', but has their parameters above, as published counts do.
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "ppm, 618.6",
    "criss-cross, 804.2",
    "ocnet, 618.5",
    "'aspp(rates=[12, 24, 36], kernel=1)', 491.8",
  })
  void oneModuleIsPricedAsPublished(String module, String billions) {
    Run run = Run.inlay("summary", "--module", module, "--input", "2048x128x128", "--json");

    JsonObject summary = JsonParser.parseString(run.out()).getAsJsonObject();
    double flop = summary.get("flop").getAsLong() / 1e9;
    assertThat(String.format(Locale.ROOT, "%.1f", flop)).isEqualTo(billions);
  }

  /** Without the coarse prediction, which a network makes of another map. */
  @Test
  void objectContextIsPricedByItsLayers() {
    Run run = Run.inlay("summary", "--module", "ocr", "--input", "2048x128x128", "--json");

    JsonObject summary = JsonParser.parseString(run.out()).getAsJsonObject();
    long pixels = 128 * 128;
    long pixelLayers = 9L * 2048 * 512 + 512 * 256 + 256 * 256 + 256 * 512 + 1024 * 512;
    long classLayers = 512 * 256 + 256 * 256 + 512 * 256;
    assertThat(summary.get("convMacs").getAsLong())
        .isEqualTo(pixels * pixelLayers + 19 * classLayers);
    assertThat(summary.get("attentionMacs").getAsLong()).isEqualTo(pixels * 19 * (512 + 256 + 256));
    assertThat(summary.get("output").toString()).isEqualTo("[1,512,128,128]");
  }

  /**
   * The authors' published 339.9 is of a formula ({@code cost_ocr} of openseg's {@code
   * cost_helper.py}), which differs from the layers of their module, and of this one, in four ways.
   */
  @Test
  void objectContextDiffersFromThePublishedFormulaInFourNamedWays() {
    Run run = Run.inlay("summary", "--module", "ocr", "--input", "2048x128x128", "--json");

    long pixels = 128 * 128;
    long ofTheModule = JsonParser.parseString(run.out()).getAsJsonObject().get("flop").getAsLong();
    long oneLayerForKeysAndQueries = 2 * (pixels + 19) * 256 * 256;
    long valuesOfPixelsNotOfClasses = 2 * (pixels - 19) * 512 * 256;
    long biases = pixels * (512 + 3 * 256 + 512) + 19 * 256;
    long halfOfTheWeightedSum = pixels * 19 * 256;
    long published =
        ofTheModule
            - oneLayerForKeysAndQueries
            + valuesOfPixelsNotOfClasses
            + biases
            - halfOfTheWeightedSum;
    assertThat(String.format(Locale.ROOT, "%.1f", ofTheModule / 1e9)).isEqualTo("337.8");
    assertThat(published).isEqualTo(339_894_604_544L);
  }

  /**
   * The authors' published 386.1 is of a formula ({@code cost_ia} of the same file), which differs
   * from the layers of their module, and of this one, in two ways.
   */
  @Test
  void interlacedAttentionDiffersFromThePublishedFormulaInTwoNamedWays() {
    Run run =
        Run.inlay(
            "summary", "--module", "interlaced-attention", "--input", "2048x128x128", "--json");

    long pixels = 128 * 128;
    long ofTheModule = JsonParser.parseString(run.out()).getAsJsonObject().get("flop").getAsLong();
    long oneLayerForKeysAndQueries = 2 * pixels * 2 * 2 * 256 * 256;
    long biases = pixels * (512 + 2 * (256 + 256 + 512 + 512) + 512);
    double published = (ofTheModule - oneLayerForKeysAndQueries + biases) / 1e9;
    assertThat(String.format(Locale.ROOT, "%.1f", ofTheModule / 1e9)).isEqualTo("394.6");
    assertThat(String.format(Locale.ROOT, "%.1f", published)).isEqualTo("386.1");
  }

  @Test
  void moduleAndNetworkExcludeEachOther() {
    Run both = Run.inlay("summary", "pspnet_r50-d8", "--module", "ppm");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("leave out one of the two");
    assertThat(Run.inlay("summary", "--module", "ppm", "--input", "128x128").err())
        .contains("--input is '128x128'; with --module it must be the map's CxHxW");
    for (String module : new String[] {"resnet18", "fcn | ppm"}) {
      assertThat(Run.inlay("summary", "--module", module, "--input", "8x16x16").err())
          .contains("is neither a context module nor a decoder at the end");
    }
  }

  @Test
  void decodersAreCountedAlone() {
    Run run =
        Run.inlay(
            "summary",
            "--module",
            "fcn(convs=0)",
            "--input",
            "512x32x32",
            "--classes",
            "19",
            "--json");

    assertThat(run.err()).isEmpty();
    JsonObject counts = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(counts.get("parameters").getAsLong()).isEqualTo(512 * 19 + 19);
    assertThat(counts.get("convMacs").getAsLong()).isEqualTo(512L * 19 * 32 * 32);
  }

  @Test
  void presetAndFileStandForASpec() throws Exception {
    Path file = folder.resolve("network.yaml");
    Files.writeString(file, "- resnet50\n- auxiliary\n- ppm\n- fcn\n");

    assertThat(Run.inlay("summary", "pspnet_r50-d8").out())
        .isEqualTo(Run.inlay("summary", file.toString()).out())
        .contains("48,975,494");
  }

  @Test
  void batchMultipliesTheWorkAndNotTheParameters() {
    JsonObject one =
        JsonParser.parseString(
                Run.inlay("summary", "fcn_r18-d8", "--input", "3x65x33", "--json").out())
            .getAsJsonObject();
    JsonObject four =
        JsonParser.parseString(
                Run.inlay("summary", "fcn_r18-d8", "--input", "4x3x65x33", "--json").out())
            .getAsJsonObject();

    assertThat(four.get("convMacs").getAsLong()).isEqualTo(4 * one.get("convMacs").getAsLong());
    assertThat(four.get("parameters")).isEqualTo(one.get("parameters"));
    assertThat(four.get("input").toString()).isEqualTo("[4,3,65,33]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "512x1024 ! --input is '512x1024'; it must be 3xHxW or Bx3xHxW, as in 3x512x1024.",
        "3x512x ! --input is '3x512x'; it must be 3xHxW or Bx3xHxW, as in 3x512x1024.",
        "3x-5x5 ! --input is '3x-5x5'; it must be 3xHxW or Bx3xHxW, as in 3x512x1024.",
        "4x512x512 ! --input is '4x512x512', images of 4 channels; networks take red, green and"
            + " blue: 3xHxW or Bx3xHxW, as in 3x512x1024.",
        "2x1x8x8 ! --input is '2x1x8x8', images of 1 channels; networks take red, green and blue:"
            + " 3xHxW or Bx3xHxW, as in 3x512x1024.",
        "3x0x5 ! --input is '3x0x5'; every size must be 1 or more.",
        "3x99999x99999 ! --input is '3x99999x99999', more than 2147483647 values; take smaller"
            + " or fewer images.",
      })
  void wrongInputIsRefused(String input, String message) {
    Run run = Run.inlay("summary", "fcn_r18-d8", "--input", input);

    assertThat(run).isEqualTo(new Run(2, "", "inlay: " + message + System.lineSeparator()));
  }

  @Test
  void wrongSpecIsRefusedAtItsPlace() {
    Run run = Run.inlay("summary", "resnet50 | aspp(rate=[12,24]) | fcn");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("inlay: 'aspp' has no option 'rate'. Did you mean 'rates'?")
        .contains("\n  resnet50 | aspp(rate=[12,24]) | fcn\n                  ^^^^");
  }

  @Test
  void wrongNumberOfClassesIsRefused() {
    assertThat(Run.inlay("summary", "fcn_r18-d8", "--classes", "0"))
        .isEqualTo(
            new Run(
                2,
                "",
                "inlay: The network has 0 classes; it must have 1 to 255, because a label map has one"
                    + " byte for each pixel."
                    + System.lineSeparator()));
  }

  @Test
  void aNameThatTwoLinesAskForIsRemarked() throws Exception {
    String twice =
        """
        Tensor a = scope.conv("same", input.last(), 8, 1);
        Tensor b = scope.conv("same", input.last(), 8, 1);
        return input.withLast(a.plus(b));
        """;
    SampleJar.withBody(folder, "sample-twice", twice);
    Map<String, String> plugins = Map.of("INLAY_PLUGINS", folder.toString());
    String spec = "resnet18(width=4, stride=32) | sample-twice | fcn";

    assertThat(Run.inlay(plugins, "summary", spec).out())
        .containsPattern(
            "Remark: the parameter 'sample-twice\\.same\\.weight' is shared by Sample\\.java:\\d+ and"
                + " Sample\\.java:\\d+, which ask for the same name\\.");
    assertThat(Run.inlay(plugins, "summary", spec, "--json").out())
        .contains("\"sample-twice.same.weight\"");
  }

  @Test
  void aLineThatAsksAgainSharesOnPurpose() throws Exception {
    String loop =
        """
        Tensor x = input.last();
        for (int i = 0; i < 2; i++) { x = scope.conv("same", x, x.channels(), 1); }
        return input.withLast(x);
        """;
    SampleJar.withBody(folder, "sample-loop", loop);

    Run run =
        Run.inlay(
            Map.of("INLAY_PLUGINS", folder.toString()),
            "summary",
            "resnet18(width=4, stride=32) | sample-loop | fcn");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("Remark");
  }
}
