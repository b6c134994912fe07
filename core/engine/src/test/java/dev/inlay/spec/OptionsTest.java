package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.spec.Samples.SampleContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Options describe themselves in words, and a faulty record is told as the technique's fault. */
final class OptionsTest {

  @Test
  void describesEachOptionInWords() {
    assertThat(Options.describe(Samples.ASPP_CONTEXT))
        .containsExactly(
            new OptionDescription(
                "rates", "list of whole numbers", "[6, 12, 18]", "dilations of the branches"),
            new OptionDescription("channels", "whole number", "256", "channels of each branch"),
            new OptionDescription("dropout", "number", "0.1", "share of values dropped"));
    assertThat(Options.describe(Samples.TECHNIQUES.get("every")))
        .extracting(OptionDescription::type)
        .containsExactly(
            "whole number",
            "whole number",
            "number",
            "true or false",
            "text",
            "plain, v1c or three-by-three",
            "list of whole numbers",
            "list of whole numbers",
            "list of numbers",
            "list of true or false",
            "list of texts",
            "list of plain, v1c or three-by-three");
    assertThat(Options.describe(Samples.FCN)).isEmpty();
  }

  @Test
  void namesTheOptionsThatNobodyExplained() {
    assertThat(Options.unexplained(Samples.ASPP_CONTEXT)).isEmpty();
    assertThat(Options.unexplained(Samples.TECHNIQUES.get("every")))
        .containsExactly("wholes", "larges", "numbers", "flags", "texts", "stems");
  }

  @Test
  void aFaultyRecordIsTheTechniquesFault() {
    assertFault(
        new Samples.Hidden(1), "its options record dev.inlay.spec.Samples$Hidden is not public");
    assertFault(
        new Samples.Unwritable(Map.of()),
        "its option 'table' is a java.util.Map<java.lang.String, java.lang.Integer>; options are"
            + " int, long, double, boolean, String, an enum, or a List of these");
  }

  @Test
  @SuppressWarnings("NullAway") // a plugin may give null whatever the contract says
  void nullIsTheTechniquesFault() {
    assertFault(null, "its defaults() gave null");
    assertFault(new Samples.Absent(null), "its option 'text' is null");
  }

  @Test
  void specsTellAFaultWithoutAStackTrace() {
    Techniques techniques =
        Samples.techniques("", Samples.RESNET_BACKBONE, faulty(new Samples.Hidden(1)), Samples.FCN);
    assertThatThrownBy(() -> NetworkSpec.parse("resnet50 | third | fcn", techniques))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("the technique 'third' (dev.inlay.spec.Samples$SampleContext) is");
  }

  private static <O extends Record> Technique<O> faulty(O defaults) {
    return new SampleContext<>("third", defaults);
  }

  private static <O extends Record> void assertFault(O defaults, String fault) {
    String message =
        "the technique 'third' (dev.inlay.spec.Samples$SampleContext) is at fault: "
            + fault
            + "; report it to whoever made the technique";
    assertThatThrownBy(() -> Options.describe(faulty(defaults))).hasMessage(message);
  }
}
