package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.standard.CrossEntropy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses as weighted sums of objectives: their meaning, their text, and mistakes. */
final class ObjectiveSpecTest {

  /** Options of an objective. */
  public record Smooth(
      @Option(value = "added above and below", is = "0", least = 0) double smooth) {}

  @Named(value = "dice", says = "A sample.")
  private static final class Dice implements Objective<Smooth> {
    @Override
    public Tensor loss(Smooth options, Tensor output, Tensor labels, int ignore, Scope scope) {
      return output;
    }
  }

  private static final Techniques TECHNIQUES =
      Samples.techniques(
          "Looked nowhere else.",
          new Dice(),
          new CrossEntropy(),
          Samples.RESNET_BACKBONE,
          Samples.ASPP_CONTEXT,
          Samples.FCN);

  private static ObjectiveSpec parse(String text) {
    return ObjectiveSpec.parse(text, TECHNIQUES);
  }

  @Test
  void aSumHasItsFactorsObjectivesAndOptionsInTheirOrder() {
    ObjectiveSpec loss = parse("0.5*dice(smooth=1) + cross-entropy");

    assertThat(loss.terms()).extracting(term -> term.factor()).containsExactly(0.5, 1.0);
    assertThat(loss.terms())
        .extracting(term -> term.objective().name())
        .containsExactly("dice", "cross-entropy");
    assertThat(loss.terms().get(0).options()).isEqualTo(new Smooth(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          cross-entropy                               ; cross-entropy
          1*cross-entropy                             ; cross-entropy
          0.5*dice(smooth=1)+cross-entropy            ; 0.5*dice(smooth=1.0) + cross-entropy
          '  0.5  *  dice ( smooth = 1 )  +  cross-entropy '; 0.5*dice(smooth=1.0) + cross-entropy
          dice+dice(smooth=2)                         ; dice + dice(smooth=2.0)
          dice(smooth=0)                              ; dice
          dice(smooth=1e+3)+1e-3*cross-entropy        ; dice(smooth=1000.0) + 0.001*cross-entropy
          2e+1*dice+.5*cross-entropy                  ; 20.0*dice + 0.5*cross-entropy
          +3*dice++1*dice                             ; 3.0*dice + dice
          1e9*dice                                    ; 1.0e+9*dice
          """)
  void theShortestFormReadsAsTheSame(String written, String shortest) {
    assertThat(parse(written)).hasToString(shortest);
    assertThat(parse(shortest)).isEqualTo(parse(written)).hasSameHashCodeAs(parse(written));
  }

  @Test
  void lineBreaksSeparateAsSpacesDo() {
    assertThat(parse("0.5*\n dice\n\t+ cross-entropy")).isEqualTo(parse("0.5*dice+cross-entropy"));
  }

  @Test
  void anotherFactorOrderOrOptionIsAnotherLoss() {
    assertThat(parse("dice + cross-entropy"))
        .isNotEqualTo(parse("cross-entropy + dice"))
        .isNotEqualTo(parse("2*dice + cross-entropy"))
        .isNotEqualTo(parse("dice(smooth=2) + cross-entropy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0.5", "NaN", "1e999", "1e-999", "Infinity", "0x1p3", "1.2.3", "dice"})
  void factorsThatAreNotAboveZeroAreRefused(String factor) {
    assertRefused(
        "cross-entropy + " + factor + " * dice",
        "A factor of the loss is "
            + factor
            + "; it must be a number above 0, as in 0.5*dice.\n  cross-entropy + "
            + factor
            + " * dice\n                  "
            + "^".repeat(factor.length()));
  }

  @Test
  void aFactorThatAProgramGivesIsCheckedToo() {
    for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> term(factor))
          .isInstanceOf(InlayException.class)
          .hasMessage("The factor of dice is " + factor + "; it must be a number above 0.");
    }
    assertThatThrownBy(() -> new ObjectiveSpec(List.of()))
        .isInstanceOf(InlayException.class)
        .hasMessage("A loss has no objectives; it needs at least one.");
  }

  private static ObjectiveSpec.Term<Smooth> term(double factor) {
    return new ObjectiveSpec.Term<>(factor, new Dice(), new Smooth(0));
  }

  @Test
  void unknownObjectivesAreRefusedWithTheNearestAndAll() {
    assertRefused(
        "0.5*dize + cross-entropy",
        """
        No technique is named 'dize'. Did you mean 'dice'? Objectives: cross-entropy, dice. \
        Looked nowhere else.
          0.5*dize + cross-entropy
              ^^^^""");
  }

  @Test
  void techniquesThatAreNoObjectivesAreRefused() {
    assertRefused(
        "dice + aspp(rates=[6])",
        """
        'aspp' is a context module, but a loss is made of objectives. \
        Objectives: cross-entropy, dice.
          dice + aspp(rates=[6])
                 ^^^^""");
    assertRefused(
        "resnet50",
        """
        'resnet50' is a backbone, but a loss is made of objectives. \
        Objectives: cross-entropy, dice.
          resnet50
          ^^^^^^^^""");
  }

  @Test
  void optionsAreBoundAndCheckedAsThoseOfNetworks() {
    assertRefused(
        "dice(smoth=1) + cross-entropy",
        """
        'dice' has no option 'smoth'. Did you mean 'smooth'? Options: smooth=0.0.
          dice(smoth=1) + cross-entropy
               ^^^^^""");
    assertRefused(
        "cross-entropy + dice(smooth=-1)",
        """
        dice.smooth is -1.0; it must be 0 or more.
          cross-entropy + dice(smooth=-1)
                                      ^^""");
    assertRefused(
        "dice(smooth=much)",
        """
        dice.smooth is much; it must be a number.
          dice(smooth=much)
                      ^^^^""");
    assertRefused(
        "dice(smooth=1, smooth=2)",
        """
        'dice' has the option 'smooth' twice; keep one of them.
          dice(smooth=1, smooth=2)
                         ^^^^^^""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ''             ; An objective is missing here; 0
          dice +         ; An objective is missing here; 6
          + dice         ; An objective is missing here; 0
          dice + + dice  ; An objective is missing here; 7
          0.5            ; Expected '*' and an objective after the factor 0.5, but the loss ends; 3
          0.5 dice       ; Expected '*' and an objective after the factor 0.5, found 'dice'; 4
          2dice + dice   ; Expected '*' and an objective after the factor 2dice, found '+'; 6
          0.5*           ; Expected the name of an objective after '*', but the loss ends; 4
          0.5*(dice)     ; Expected the name of an objective after '*', found '('; 4
          0.5**dice      ; Expected the name of an objective after '*', found '*'; 4
          dice | dice    ; Expected '+' or the end of the loss after 'dice', found '|'; 5
          dice - dice    ; Expected '+' or the end of the loss after 'dice', found '-'; 5
          - 2*dice       ; Expected a factor or the name of an objective, found '-'; 0
          dice(          ; Expected the name of an option, but the loss ends; 5
          """)
  void mistakesInTheFormAreShownAtTheirPlace(String text, String message, int place) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InlayException.class)
        .satisfies(
            e -> {
              List<String> lines = String.valueOf(e.getMessage()).lines().toList();
              assertThat(lines.get(0)).startsWith(message);
              assertThat(lines.get(lines.size() - 1)).isEqualTo(caret(place, lines));
            });
  }

  /** The carets begin at the place; the last line gives their number. */
  private static String caret(int place, List<String> lines) {
    long carets = lines.get(lines.size() - 1).chars().filter(c -> c == '^').count();
    return "  " + " ".repeat(place) + "^".repeat((int) Math.max(1, carets));
  }

  @Test
  void longAndStrangeTextsAreRefusedAtOnce() {
    assertThatThrownBy(() -> parse("dice+".repeat(30_000)))
        .isInstanceOf(InlayException.class)
        .hasMessage("The loss has 150000 characters; it may have at most 100000.");
    assertThatThrownBy(() -> parse("1".repeat(90_000)))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("Expected '*' and an objective after the factor 1111");
    assertThatThrownBy(() -> parse("d".repeat(90_000)))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("No technique is named 'dddd");
  }

  private static void assertRefused(String loss, String message) {
    assertThatThrownBy(() -> parse(loss)).isInstanceOf(InlayException.class).hasMessage(message);
  }
}
