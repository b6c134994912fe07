package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules by which someone renames tensors. */
final class NameRulesTest {

  private static Map<String, TensorInfo> tensors(String... names) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, new TensorInfo(name, TensorType.F32, List.of(1L)));
    }
    return tensors;
  }

  private static Map<String, TensorInfo> renamed(String rules, String... names) {
    return NameRules.parse(rules).apply(tensors(names));
  }

  private static void refused(String message, String rules, String... names) {
    assertThatThrownBy(() -> renamed(rules, names))
        .isInstanceOf(InlayException.class)
        .hasMessage(message);
  }

  @Test
  void starsKeepWhatTheyStandFor() {
    assertThat(
            renamed(
                """
                # comments and empty lines say nothing

                encoder.*   -> backbone.*      # the first
                head.*.w.*  -> decode_head.*.weight.*
                a.*.*       -> *
                """,
                "encoder.a.b",
                "head.0.w.x",
                "a.b.c",
                "other"))
        .containsOnlyKeys("backbone.a.b", "decode_head.0.weight.x", "b", "other")
        .extractingByKey("backbone.a.b")
        .isEqualTo(tensors("encoder.a.b").get("encoder.a.b"));
  }

  @Test
  void theFirstRuleThatFitsCounts() {
    assertThat(renamed("a.b -> x\na.* -> y.*", "a.b", "a.c")).containsOnlyKeys("x", "y.c");
  }

  @Test
  void aRuleWithoutANewNameLeavesOut() {
    assertThat(renamed("ema.* ->", "ema.a", "b")).containsOnlyKeys("b");
    assertThat(renamed("* ->", "ema.a", "b")).isEmpty();
  }

  @Test
  void otherSignsStandForThemselves() {
    assertThat(renamed("a.b(1)+$ -> c$1\\", "a.b(1)+$")).containsOnlyKeys("c$1\\");
    refused(
        "Line 1 of the rules matches no name that the lines before it leave. The file's names look like axb.",
        "a.b -> c",
        "axb");
  }

  @Test
  void whatIsNoRuleIsNamed() {
    refused(
        "Line 2 of the rules is 'b c'; a rule is OLD -> NEW, such as encoder.* -> backbone.*.",
        "a -> b\nb c",
        "a");
    refused(
        "Line 1 of the rules is '-> b'; a rule is OLD -> NEW, such as encoder.* -> backbone.*.",
        "-> b",
        "a");
    refused(
        "Line 1 of the rules has more stars on the right than on the left: 'a.* -> *.*'. Each star on the right copies one on the left.",
        "a.* -> *.*",
        "a.b");
  }

  @Test
  void rulesThatDoNothingOrLoseATensorAreRefused() {
    refused(
        "Line 2 of the rules matches no name that the lines before it leave. The file's names look like a.1, a.2, a.3.",
        "a.* -> b.*\na.1 -> c",
        "a.1",
        "a.2",
        "a.3",
        "a.4");
    refused(
        "The rules give a.1 and a.2 the same name, b. Change one of the rules.",
        "a.* -> b",
        "a.1",
        "a.2");
    refused(
        "The rules give a and b the same name, b. Change one of the rules.", "a -> b", "a", "b");
  }
}
