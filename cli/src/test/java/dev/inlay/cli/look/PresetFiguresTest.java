package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * That the presets cost what the networks of the same names cost in mmsegmentation, and SPNet in
 * its authors' code, to the last digit.
 *
 * <p>The figures were counted from the references' own modules, built from their configurations:
 * parameters, and multiply-adds of each convolution and linear layer of a prediction. Three things
 * are counted by the rule that the published tables follow instead: the layer of EncNet that tells
 * which classes are present has parameters in inference and no work; criss-cross attention sees
 * height + width - 1 pixels; the products of Encoding and of dynamic filters are attention.
 */
final class PresetFiguresTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/reference-figures.csv", numLinesToSkip = 1)
  void presetCostsWhatTheReferenceCosts(
      String preset,
      String classes,
      int height,
      int width,
      long parameters,
      long inference,
      long convolutions,
      long attention) {
    String size = "3x" + height + "x" + width;
    Run run = Run.inlay("summary", preset, "--classes", classes, "--input", size, "--json");

    JsonObject summary = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(summary.get("parameters").getAsLong()).as("parameters").isEqualTo(parameters);
    assertThat(summary.get("parametersInference").getAsLong())
        .as("parameters of inference")
        .isEqualTo(inference);
    assertThat(summary.get("convMacs").getAsLong()).as("convolutions").isEqualTo(convolutions);
    assertThat(summary.get("attentionMacs").getAsLong()).as("attention").isEqualTo(attention);
  }
}
