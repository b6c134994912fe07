package dev.inlay.train;

import static dev.inlay.train.SmallTechniques.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import org.junit.jupiter.api.Test;

/** Objectives of side outputs are checked when the network is assembled. */
final class SideObjectivesTest {

  @Test
  void aSideOutputsLossIsASumWithOptionsInItsShortestForm() {
    assertThat(objective("cross-entropy")).isEqualTo("cross-entropy");
    assertThat(objective("0.5*mean( scale=1 )+mean(scale=2)"))
        .isEqualTo("0.5*mean + mean(scale=2.0)");
  }

  private static String objective(String text) {
    String spec = "trunk | sided(objective='" + text + "', weight=0.3) | head";
    var side = network(spec).sides().get("side");
    assertThat(side).isNotNull();
    assertThat(side.weight()).isEqualTo(0.3);
    return side.objective().toString();
  }

  @Test
  void anUnknownObjectiveIsRefusedWithStageLineAndTheNearest() {
    assertThatThrownBy(() -> objective("2*meen"))
        .isInstanceOf(InlayException.class)
        .message()
        .matches(
            "sided SmallTechniques\\.java:\\d+: the loss of the side output 'side' can't be read:"
                + " No technique is named 'meen'\\. Did you mean 'mean'\\? Objectives:"
                + " cross-entropy, failing, learned, mean, wide\\.\n  2\\*meen\n    \\^\\^\\^\\^");
  }

  @Test
  void aTechniqueThatIsNoObjectiveIsRefused() {
    assertThatThrownBy(() -> objective("trunk"))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("sided SmallTechniques.java:")
        .hasMessageContaining("'trunk' is a backbone, but a loss is made of objectives.");
  }

  @Test
  void wrongOptionsAndFactorsAreRefused() {
    assertThatThrownBy(() -> objective("mean(scal=2)"))
        .hasMessageContaining("'mean' has no option 'scal'. Did you mean 'scale'?");
    assertThatThrownBy(() -> objective("0*mean"))
        .hasMessageContaining("A factor of the loss is 0; it must be a number above 0");
  }
}
