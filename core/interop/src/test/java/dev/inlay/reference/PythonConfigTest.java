package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Python's assignments of plain values, which are read and never run. */
final class PythonConfigTest {

  private static void reads(String python, String json) {
    assertThat(PythonConfig.parse(python)).isEqualTo(JsonParser.parseString(json));
  }

  private static void refuses(String python, String... parts) {
    assertThatThrownBy(() -> PythonConfig.parse(python))
        .isInstanceOf(InlayException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void aWholeConfigurationBecomesAnObject() {
    reads(
        """
        # what mmsegmentation writes into a checkpoint
        norm_cfg = dict(type='SyncBN', requires_grad=True)
        model = dict(
            type='EncoderDecoder',
            pretrained=None,
            backbone=dict(type='ResNetV1c', depth=50, norm_cfg=norm_cfg, strides=(1, 2, 1, 1)),
            auxiliary_head=[dict(in_index=2), dict(in_index=-1)],
            test_cfg={'mode': "whole", 1: .5})  # the end
        load_from = None
        """,
        """
        {"norm_cfg": {"type": "SyncBN", "requires_grad": true},
         "model": {
           "type": "EncoderDecoder", "pretrained": null,
           "backbone": {"type": "ResNetV1c", "depth": 50,
                        "norm_cfg": {"type": "SyncBN", "requires_grad": true},
                        "strides": [1, 2, 1, 1]},
           "auxiliary_head": [{"in_index": 2}, {"in_index": -1}],
           "test_cfg": {"mode": "whole", "1": 0.5}},
         "load_from": null}
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          a = -3;              {"a": -3}
          a = 1e-05;           {"a": 1e-05}
          a = +2.5E+3;         {"a": 2.5E+3}
          a = 10.;             {"a": 10}
          a = (1);             {"a": 1}
          a = (1,);            {"a": [1]}
          a = ();              {"a": []}
          a = [[], {}, dict()];{"a": [[], {}, {}]}
          a = [1, 2,];         {"a": [1, 2]}
          a = dict(b=1,);      {"a": {"b": 1}}
          a = 'b' "c" 'd';     {"a": "bcd"}
          a = r'b' u"c";       {"a": "bc"}
          a = '''b'c''';       {"a": "b'c"}
          a = 'it\\'s';        {"a": "it's"}
          a = '';              {"a": ""}
          a = 1 b = a;         {"a": 1, "b": 1}
          a = 1 a = 2;         {"a": 2}
          dict = 1 b = dict;   {"dict": 1, "b": 1}
          """)
  void valuesAreReadAsPythonReadsThem(String python, String json) {
    reads(python, json);
  }

  @Test
  void textsMayHaveSeveralLinesAndSigns() {
    reads("a = \"\"\"b\n# c\n\"\"\" # d", "{\"a\": \"b\\n# c\\n\"}");
    reads("a = ('b'\n     # between\n     'c')", "{\"a\": \"bc\"}");
    reads("a = 'b\\nc\\\\' \\\n 'd'", "{\"a\": \"b\\nc\\\\d\"}");
    reads("a = '✓'", "{\"a\": \"✓\"}");
    reads("  # nothing", "{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          import os;             os;         '='
          a = os.getcwd();       ();         a name assigned before, not os.getcwd
          a = __import__('os');  ('os');     not __import__
          a = b;                 '';         not b
          a = 1 + 2;             + 2;        a name
          a = [1 2];             2];         ']'
          a = dict(1);           1);         a name
          a = {1};               };          ':'
          a = 'b;                'b;         a text that ends with '
          a = [1, 2;             '';         ']'
          a =;                   '';         a name
          a = lambda: 1;         : 1;        not lambda
          a = f'{b}';            '{b}';      not f
          """)
  void anythingElseIsRefused(String python, String here, String wanted) {
    refuses(python, "Line 1 of the configuration has '" + here.replaceAll("^''$", ""), wanted);
  }

  @Test
  void theLineIsNamed() {
    refuses("a = 1\n\nb = [\n  2,\n  exec(3)]\n", "Line 5 of the configuration has '(3)]'");
  }

  @Test
  void depthHasABound() {
    reads(
        "a = " + "[".repeat(99) + "]".repeat(99),
        "{\"a\": " + "[".repeat(99) + "]".repeat(99) + "}");
    refuses("a = " + "[".repeat(100_000), "at most 100 values inside each other");
    refuses("a = " + "dict(b=".repeat(100_000), "at most 100 values inside each other");
    StringBuilder names = new StringBuilder("a0 = 1\n");
    for (int i = 1; i <= 200; i++) {
      names.append("a%d = [a%d]\n".formatted(i, i - 1));
    }
    refuses(names.toString(), "Line 101 ", "at most 100 values inside each other");
  }

  @Test
  void namesThatStandForEverMoreAreBounded() {
    StringBuilder names = new StringBuilder("a0 = [1, 1]\n");
    for (int i = 1; i <= 60; i++) {
      names.append("a%d = [a%d, a%d]\n".formatted(i, i - 1, i - 1));
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> refuses(names.toString(), "at most 100000 values"));
  }

  @Test
  void longTextsNeedNoStack() {
    String text = "x".repeat(1 << 20);
    JsonObject read = PythonConfig.parse("a = '%s' b = '''%s'''".formatted(text, text));
    assertThat(read.get("a").getAsString()).isEqualTo(text);
    assertThat(read.get("b").getAsString()).isEqualTo(text);
    reads(" ".repeat(1 << 20) + "a = 1" + "\n# b".repeat(1 << 18), "{\"a\": 1}");
    refuses("a = '" + text, "a text that ends with '");
    refuses("a".repeat(1 << 20), "'='");
    refuses("a = " + "1".repeat(1 << 20), "a name");
  }
}
