package dev.inlay.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay trace}, on a network of next to nothing. */
final class TraceCommandTest {

  private static final String TINY = "resnet18(width=4, stride=32) | auxiliary | fcn";

  @TempDir private Path folder;

  private static Run sound(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private static void refuses(String message, String... arguments) {
    assertThat(Run.inlay(arguments))
        .isEqualTo(new Run(2, "", "inlay: " + message + System.lineSeparator()));
  }

  @Test
  void everyStageHasALine() {
    Run run = sound(Run.inlay("trace", TINY, "--input", "3x64x64"));

    assertThat(run.out())
        .contains("19 classes, 1x3x64x64, prediction")
        .contains("No operation makes a NaN or an infinity of finite values.")
        .doesNotContain("gradient");
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("stage +output +mean +spread +zeros +NaN +inf +ms +MB"))
        .anyMatch(line -> line.matches("image +1x3x64x64 .*"))
        .anyMatch(line -> line.matches("resnet +1x32x2x2 .*"))
        .anyMatch(line -> line.matches("auxiliary +1x32x2x2 .* 0\\.00 .*"))
        .anyMatch(line -> line.matches("fcn +1x19x2x2 .*"));
  }

  @Test
  void operationsOfAStageHaveTheAuthorsLineAndGradients() {
    Run run =
        sound(Run.inlay("trace", TINY, "--input", "3x64x64", "--backward", "--inside", "fcn"));

    assertThat(run.out()).contains("2x3x64x64, a step of training", "All gradients are finite.");
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("operation +line +scope +output .*\\| +gradient .*"))
        .anyMatch(line -> line.matches("CONV +\\w+\\.java:\\d+ +fcn\\.\\S+ +2x\\d+x2x2 .*"));
  }

  @Test
  void jsonHasEveryOperation() {
    JsonObject trace =
        JsonParser.parseString(
                sound(Run.inlay("trace", TINY, "--input", "3x64x64", "--backward", "--json")).out())
            .getAsJsonObject();

    assertThat(trace.get("firstNotFinite").isJsonNull()).isTrue();
    JsonObject resnet = trace.getAsJsonArray("stages").get(1).getAsJsonObject();
    assertThat(resnet.getAsJsonArray("operations").size()).isGreaterThan(40);
    assertThat(
            resnet
                .getAsJsonObject("output")
                .getAsJsonObject("gradient")
                .get("spread")
                .getAsDouble())
        .isPositive();
  }

  @Test
  void aModuleThatMakesNanIsFoundAtItsLine() throws Exception {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    SampleJar.withBody(
        jars, "sample-log", "return input.withLast(input.last().times(-1).minus(1).log());");
    Run run =
        sound(
            Run.inlay(
                Map.of("INLAY_PLUGINS", jars.toString()),
                "trace",
                "resnet18(width=4, stride=32) | sample-log | fcn",
                "--input",
                "3x64x64"));

    assertThat(run.out())
        .containsPattern(
            "The first number that is not finite is made by LOG of sample-log at Sample\\.java:\\d+:")
        .containsPattern("its result has 128 NaN of 128")
        .containsPattern("reads SUB at Sample\\.java:\\d+ +finite, -");
  }

  @Test
  void featureMapsAreOnePictureForAStage() throws Exception {
    Path image = folder.resolve("photo.png");
    new RgbImage(64, 32, new byte[3 * 64 * 32]).write(image);
    Path out = folder.resolve("maps");
    Run run = sound(Run.inlay("trace", TINY, "--image", image.toString(), "--out", out.toString()));

    assertThat(run.out()).contains("1x3x32x64", "Feature maps: " + out.resolve("1-resnet.png"));
    assertThat(out.resolve("2-auxiliary.png")).exists();
    assertThat(ImageIO.read(out.resolve("3-fcn.png").toFile()).getWidth()).isGreaterThan(300);
  }

  @Test
  void labelsOfAFileAreRead() {
    Path image = folder.resolve("photo.png");
    new RgbImage(64, 64, new byte[3 * 64 * 64]).write(image);
    Path labels = folder.resolve("labels.png");
    byte[] ids = new byte[64 * 64];
    new LabelMap(64, 64, ids)
        .write(labels, new ClassList(List.of(new LabelClass("road", 0x804080)), 255));
    sound(
        Run.inlay(
            "trace",
            TINY,
            "--image",
            image.toString(),
            "--backward",
            "--labels",
            labels.toString()));

    refuses(
        "%s is 64x64, but the image is 32x32. Give labels of the image's size.".formatted(labels),
        "trace",
        TINY,
        "--input",
        "3x32x32",
        "--backward",
        "--labels",
        labels.toString());
  }

  @Test
  void mistakesGetOneMessage() throws Exception {
    refuses("trace needs SPEC. See inlay trace --help.", "trace");
    refuses(
        "The network has no stage 'ppm'; it has resnet, auxiliary, fcn.",
        "trace",
        TINY,
        "--inside",
        "ppm");
    refuses(
        "--labels is for --backward; leave it out or give both.",
        "trace",
        TINY,
        "--labels",
        "labels.png");
    refuses(
        "--input is '1x3x64x64', a batch of 1; --backward needs 2 or more, so that batch normalisation has more than one value.",
        "trace",
        TINY,
        "--backward",
        "--input",
        "1x3x64x64");
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
    Run run = Run.inlay("trace", TINY, "--image", broken.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("inlay: " + broken).hasLineCount(1);
  }
}
