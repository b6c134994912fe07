package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Technique;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs and code check the rules of annotations alike. */
final class OptionRulesTest {

  /** An option for each rule. */
  public record Ruled(
      @Option(value = "least", is = "1", least = 1) int channels,
      @Option(value = "most", is = "1", most = 4) int few,
      @Option(value = "both", is = "1", least = 0, most = 1) double opacity,
      @Option(value = "half open", is = "0.1", least = 0, below = 1) double dropout,
      @Option(value = "above", is = "1", above = 0) double scale,
      @Option(value = "odd", is = "3", odd = true) int kernel,
      @Option(
              value = "one of",
              is = "8",
              oneOf = {8, 16, 32})
          int stride,
      @Option(value = "a list", is = "[1]", least = 1) List<Integer> rates,
      @Option(value = "two values", is = "[20, 12]", size = 2) List<Integer> bins,
      @Option(value = "none or two values", is = "[]", size = 2, empty = true) List<Double> pair,
      @Option(value = "no rule", is = "0") double free) {}

  @Named(value = "ruled", says = "A sample.")
  private static final class Module implements ContextModule<Ruled> {
    @Override
    public Features build(Ruled options, Features input, Scope scope) {
      return input;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "channels=0; channels is 0; it must be 1 or more.",
        "few=5; few is 5; it must be 4 or less.",
        "opacity=1.5; opacity is 1.5; it must be from 0 to 1.",
        "dropout=-0.1; dropout is -0.1; it must be 0 or more and less than 1.",
        "dropout=1; dropout is 1.0; it must be 0 or more and less than 1.",
        "scale=0; scale is 0.0; it must be more than 0.",
        "kernel=2; kernel is 2; it must be odd and positive.",
        "kernel=-1; kernel is -1; it must be odd and positive.",
        "stride=7; stride is 7; it must be one of [8, 16, 32].",
        "rates=[]; rates is []; it must name at least one value.",
        "'rates=[12, 0]'; 'rates is [12, 0]; each value must be 1 or more.'",
        "bins=[1]; bins is [1]; it must name 2 values.",
        "pair=[1]; pair is [1.0]; it must name 2 values.",
      },
      quoteCharacter = '"')
  void aBrokenRuleIsNamedWithOptionAndValue(String options, String begin, String rule) {
    assertThatThrownBy(() -> Technique.options(Module.class, unquoted(options)))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("ruled." + unquoted(begin) + "; " + unquoted(rule) + "\n  ruled(");
  }

  private static String unquoted(String text) {
    return text.replace("'", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "channels=1",
        "few=4",
        "opacity=0",
        "opacity=1",
        "dropout=0",
        "dropout=0.999",
        "scale=0.001",
        "kernel=1",
        "stride=32",
        "rates=[1, 1]",
        "pair=[]",
        "pair=[1, 2]",
        "free=-1e9"
      })
  void whatTheRulesAllowIsRead(String options) {
    assertThat(Technique.options(Module.class, options)).isNotNull();
  }

  @Test
  void codeMakesOptionsFromTextAndValues() {
    Ruled options = Technique.options(Module.class, "channels=%d, rates=%s", 7, List.of(2, 3));
    assertThat(options.channels()).isEqualTo(7);
    assertThat(options.rates()).containsExactly(2, 3);
    assertThat(options.bins()).containsExactly(20, 12);
    assertThat(NetworkSpec.Stage.of(new Module()).options())
        .isEqualTo(Technique.options(Module.class, ""));
    assertThatThrownBy(() -> Technique.options(Module.class, "chanels=1"))
        .hasMessageStartingWith("'ruled' has no option 'chanels'. Did you mean 'channels'?");
    assertThatThrownBy(() -> Technique.options(Module.class, "kernel=1) | ruled(kernel=1"))
        .hasMessageStartingWith(
            "A stage follows the options of 'ruled'; give the options alone.\n");
  }

  @Test
  void aStageMadeInCodeKeepsTheRules() {
    Ruled wrong = new Ruled(1, 1, 0, Double.NaN, 1, 3, 8, List.of(1), List.of(1, 2), List.of(), 0);
    assertThatThrownBy(() -> new NetworkSpec.Stage<>(new Module(), wrong))
        .isInstanceOf(InlayException.class)
        .hasMessage("ruled.dropout is NaN; it must be 0 or more and less than 1.");
  }
}
