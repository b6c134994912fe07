package dev.inlay.compile.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import org.junit.jupiter.api.Test;

/** The text of sizes in programs. */
final class SizeTextTest {

  @Test
  void sizesAreWrittenAsPeopleWriteThem() {
    Dim h = Dim.symbol("H");
    Dim w = Dim.symbol("W");
    for (Dim size :
        new Dim[] {
          Dim.of(0),
          Dim.of(-3),
          h,
          h.times(-1),
          h.times(w).times(2).minus(w.times(3)).plus(4),
          h.plus(1).floorDiv(2).times(w).minus(h),
          h.minus(w).minus(Dim.of(1)).floorDiv(4).plus(-7),
          h.ceilDiv(8).times(w.ceilDiv(3)).times(-1).minus(h)
        }) {
      assertThat(SizeText.of(size)).isEqualTo(size.toString());
    }
  }
}
