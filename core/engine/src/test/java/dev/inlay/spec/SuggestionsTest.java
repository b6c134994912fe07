package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Suggestions for misspelt names. */
final class SuggestionsTest {

  @Test
  void countsLettersToInsertLeaveOutReplaceOrSwap() {
    assertThat(Suggestions.distance("rate", "rates")).isEqualTo(1);
    assertThat(Suggestions.distance("fnc", "fcn")).isEqualTo(1);
    assertThat(Suggestions.distance("aspq", "aspp")).isEqualTo(1);
    assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void offersOnlyTheNearest() {
    List<String> known = List.of("resnet", "resnet18", "resnet50", "resnet101", "aspp");
    assertThat(Suggestions.near("resnet51", known)).containsExactly("resnet50");
    assertThat(Suggestions.near("resnet58", known)).containsExactly("resnet18", "resnet50");
    assertThat(Suggestions.near("transformer", known)).isEmpty();
    assertThat(Suggestions.near("asp", List.of())).isEmpty();
  }

  @Test
  void caseAndJoinsDoNotCount() {
    assertThat(Suggestions.near("align_corners", List.of("alignCorners", "align")))
        .containsExactly("alignCorners");
    assertThat(Suggestions.near("PPM", List.of("ppm", "mpm"))).containsExactly("ppm");
  }

  @Test
  void theBeginningOfAWordIsNear() {
    assertThat(Suggestions.near("strip", List.of("strip-pooling", "fcn")))
        .containsExactly("strip-pooling");
    assertThat(Suggestions.near("st", List.of("strip-pooling"))).isEmpty();
  }

  @Test
  void asksAQuestion() {
    assertThat(Suggestions.didYouMean("x", List.of("aspp"))).isEmpty();
    assertThat(Suggestions.didYouMean("apsp", List.of("aspp"))).isEqualTo(" Did you mean 'aspp'?");
    assertThat(Suggestions.didYouMean("aa1", List.of("aa2", "aa3")))
        .isEqualTo(" Did you mean 'aa2' or 'aa3'?");
    assertThat(Suggestions.didYouMean("aa1", List.of("aa2", "aa3", "aa4", "aa5")))
        .isEqualTo(" Did you mean 'aa2', 'aa3' or 'aa4'?");
  }
}
