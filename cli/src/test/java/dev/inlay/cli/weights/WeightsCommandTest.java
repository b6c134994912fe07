package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay weights show} and {@code inlay weights diff}. */
final class WeightsCommandTest {

  @TempDir private Path folder;

  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, float[]> numbers = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  private void tensor(String name, float... values) {
    tensors.put(name, new TensorInfo(name, TensorType.F32, List.of(1L, (long) values.length)));
    numbers.put(name, values);
  }

  private void counter(String name) {
    tensors.put(name, new TensorInfo(name, TensorType.I64, List.of()));
  }

  private String save(String fileName) {
    Path file = folder.resolve(fileName);
    SafetensorsWriter.write(
        file,
        texts,
        List.copyOf(tensors.values()),
        (tensor, channel) -> {
          ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes());
          bytes.order(ByteOrder.LITTLE_ENDIAN);
          if (tensor.type() == TensorType.F32) {
            bytes.asFloatBuffer().put(Objects.requireNonNull(numbers.get(tensor.name())));
          } else {
            bytes.putLong(0, 42);
          }
          channel.write(bytes);
        });
    return file.toString();
  }

  private String small() {
    tensor("stem.weight", 3, -4, Float.NaN);
    tensor("stem.bias", 0.5f);
    counter("stem.count");
    texts.put("spec", "resnet18 | fcn");
    texts.put("config", "x".repeat(5000));
    return save("small.safetensors");
  }

  /** Output lines with one space between words. */
  private static List<String> lines(Run run) {
    return run.out().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  private static void refused(String message, String... arguments) {
    Run run = Run.inlay(arguments);
    assertThat(run.err()).contains(message).containsOnlyOnce("inlay: ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void showListsTensorsTotalsAndTexts() {
    Run run = Run.inlay("weights", "show", small());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(lines(run))
        .containsExactly(
            "tensor type shape norm mean min max",
            "stem.weight F32 1x3 5 -0.5000 -4 3 1 NaN",
            "stem.bias F32 1x1 0.5000 0.5000 0.5000 0.5000",
            "stem.count I64 () 42 42 42 42",
            "",
            "Numbers that are NaN or infinite: in 1 tensors.",
            "",
            "tensors numbers bytes",
            "F32 2 4 16",
            "I64 1 1 8",
            "all 3 5 24",
            "",
            "spec resnet18 | fcn",
            "config " + "x".repeat(160) + "… (5,000 characters)");
  }

  @Test
  void showWithoutValuesReadsTheHeaderAlone() {
    Run plain = Run.inlay("weights", "show", small(), "--no-values", "--filter", "*.?????");
    assertThat(lines(plain)).startsWith("tensor type shape", "stem.count I64 ()", "");
    assertThat(plain.out()).contains("The file has 3 tensors.");

    Run asJson = Run.inlay("weights", "show", small(), "--no-values", "--json");
    JsonObject all = JsonParser.parseString(asJson.out()).getAsJsonObject();
    JsonObject weight = all.getAsJsonArray("tensors").get(0).getAsJsonObject();
    assertThat(weight.get("values").isJsonNull()).isTrue();
  }

  @Test
  void showAsJsonHoldsEverything() {
    Run run = Run.inlay("weights", "show", small(), "--json");

    JsonObject all = JsonParser.parseString(run.out()).getAsJsonObject();
    JsonObject weight = all.getAsJsonArray("tensors").get(0).getAsJsonObject();
    assertThat(weight.get("name").getAsString()).isEqualTo("stem.weight");
    JsonObject values = weight.getAsJsonObject("values");
    assertThat(values.get("norm").getAsDouble()).isEqualTo(5);
    assertThat(values.get("nan").getAsInt()).isEqualTo(1);
    assertThat(all.getAsJsonObject("total").get("bytes").getAsInt()).isEqualTo(24);
    assertThat(all.getAsJsonObject("types").keySet()).containsExactly("F32", "I64");
    assertThat(all.getAsJsonObject("texts").get("config").getAsString()).hasSize(5000);
  }

  @Test
  void namesThatWouldMoveTheCursorAreMadeHarmless() {
    tensor("a\u001b[2Jb", 1);

    assertThat(Run.inlay("weights", "show", save("hostile.safetensors")).out())
        .contains("a\\u001b[2Jb")
        .doesNotContain("\u001b");
  }

  @Test
  void diffOfEqualFilesEndsWithZero() {
    String a = small();
    texts.put("spec", "other");
    Run run = Run.inlay("weights", "diff", a, save("b.safetensors"));

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(lines(run))
        .containsExactly(
            "A " + a,
            "B " + folder.resolve("b.safetensors"),
            "",
            "Texts that differ, which does not count: spec.",
            "Equal: 3 of 3 common tensors are equal.");
  }

  @Test
  void diffNamesWhatDiffers() {
    tensor("same", 1, 2);
    tensor("little", 8, 4);
    tensor("much", 8, 4);
    tensor("shape", 1);
    tensor("gone", 1);
    counter("type");
    String a = save("a.safetensors");
    tensors.remove("gone");
    tensor("new", 1);
    tensor("shape", 1, 2);
    tensor("little", 8, 4.5f);
    tensor("much", 8, -4);
    tensors.put("type", new TensorInfo("type", TensorType.F32, List.of()));
    numbers.put("type", new float[] {42});
    String b = save("b.safetensors");

    Run run = Run.inlay("weights", "diff", a, b);
    assertThat(run.code()).isEqualTo(1);
    assertThat(lines(run))
        .containsSubsequence("only in A (1)", "gone", "only in B (1)", "new")
        .containsSubsequence("other shapes (1)", "shape F32 1x1 in A, F32 1x2 in B")
        .containsSubsequence("other types (1)", "type I64 () in A, F32 () in B")
        .containsSubsequence(
            "other numbers (2)",
            "shape differing largest relative",
            "much 1x2 1 8.0e+00 1.0e+00",
            "little 1x2 1 5.0e-01 6.3e-02")
        .endsWith("NOT equal: 1 of 5 common tensors are equal; 1 are only in A, 1 only in B.");

    Run filtered =
        Run.inlay(
            "weights",
            "diff",
            a,
            b,
            "--tolerance",
            "0.1",
            "--filter",
            "little",
            "--filter",
            "typ?");
    assertThat(filtered.code()).isZero();
    assertThat(filtered.out()).contains("Equal: 2 of 2 common tensors are within 0.1.");

    Run strict = Run.inlay("weights", "diff", a, b, "--tolerance", "0.01", "--filter", "little");
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out()).contains("too large");
  }

  @Test
  void diffAsJsonHoldsEveryCommonTensor() {
    tensor("x", 1, Float.NaN);
    tensor("y", 1);
    String a = save("a.safetensors");
    tensor("x", 1, 2);

    Run run = Run.inlay("weights", "diff", a, save("b.safetensors"), "--json");

    assertThat(run.code()).isEqualTo(1);
    JsonObject all = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(all.get("equal").getAsBoolean()).isFalse();
    JsonObject x = all.getAsJsonArray("common").get(0).getAsJsonObject();
    assertThat(x.get("differing").getAsInt()).isEqualTo(1);
    assertThat(x.get("absolute").isJsonNull()).isTrue();
    JsonObject y = all.getAsJsonArray("common").get(1).getAsJsonObject();
    assertThat(y.get("equal").getAsBoolean()).isTrue();
    assertThat(y.get("relative").getAsDouble()).isZero();
  }

  @Test
  void diffHintsAtAPrefixAndTakesItOff() {
    tensor("conv.weight", 1);
    tensor("conv.bias", 2);
    String bare = save("bare.safetensors");
    tensors.clear();
    tensor("module.conv.weight", 1);
    tensor("module.conv.bias", 2);
    String wrapped = save("wrapped.safetensors");

    Run run = Run.inlay("weights", "diff", bare, wrapped);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("Names differ by 'module.' before them: try --strip module.");
    assertThat(Run.inlay("weights", "diff", bare, wrapped, "--strip", "module.").code()).isZero();

    refused(
        "--strip is 'model.', but no name in either file begins with it.",
        "weights",
        "diff",
        bare,
        wrapped,
        "--strip",
        "model.");
    tensor("conv.bias", 3);
    refused(
        "both.safetensors has two tensors named conv.bias without 'module.'",
        "weights",
        "diff",
        save("both.safetensors"),
        bare,
        "--strip",
        "module.");
  }

  @Test
  void badInputIsOneMessage() throws IOException {
    String good = small();
    String none = folder.resolve("none.safetensors").toString();
    String text =
        Files.writeString(folder.resolve("notes.safetensors"), "not tensors at all").toString();

    refused("none.safetensors does not exist", "weights", "show", none);
    refused("notes.safetensors", "weights", "show", text);
    refused("is a folder", "weights", "show", folder.toString());
    refused("none.safetensors does not exist", "weights", "diff", good, none);
    refused("notes.safetensors", "weights", "diff", text, good);
    refused(
        "--filter nothing* matches no name in "
            + good
            + " (3 tensors). A pattern is for the whole name, * for any text;"
            + " a name is stem.weight.",
        "weights",
        "show",
        good,
        "--filter",
        "nothing*");
    refused("matches no name", "weights", "diff", good, good, "--filter", "nothing*");
    refused(
        "--tolerance is -1.0; it must be 0 or more.",
        "weights",
        "diff",
        good,
        good,
        "--tolerance",
        "-1");
    refused(
        "--tolerance is 'x'; it must be a number.",
        "weights",
        "diff",
        good,
        good,
        "--tolerance",
        "x");
    refused("diff needs B.", "weights", "diff", good);
    refused("There is no command 'sow'. Did you mean 'show'?", "weights", "sow", good);
    refused("weights needs one of these: show, diff.", "weights");
  }
}
