package dev.inlay.plugins.dupsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of labels, and the directions in which they lie. */
final class BlockMomentsTest {

  private static final LabelBlocks BLOCKS = new LabelBlocks(2, 2);

  private static Labels labels(int width, int... ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new Labels(width, ids.length / width, bytes, 255);
  }

  /** Five columns and three rows hold two whole blocks; the ignored pixel has no 1. */
  @Test
  void theOnesStandAtTheirPixelAndClass() {
    Labels labels = labels(5, 0, 1, 1, 1, 0, 1, 255, 0, 1, 0, 0, 0, 0, 0, 0);
    List<String> seen = new ArrayList<>();

    BLOCKS.forEach(labels, (ones, count) -> seen.add(Arrays.toString(Arrays.copyOf(ones, count))));

    assertThat(BLOCKS.size()).isEqualTo(8);
    assertThat(seen).containsExactly("[0, 3, 5]", "[1, 3, 4, 7]");
  }

  @Test
  void anImageSmallerThanABlockHasNone() {
    BlockMoments moments = new BlockMoments(BLOCKS);
    moments.add(labels(1, 0, 1, 1));
    moments.add(labels(3, 0, 1, 1));
    assertThat(moments.count()).isZero();
  }

  /** Two kinds of blocks, so two directions keep all and one keeps the more frequent kind. */
  @Test
  void theLeadingDirectionsKeepMost() {
    BlockMoments moments = new BlockMoments(BLOCKS);
    moments.add(labels(6, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1));
    moments.add(labels(2, 255, 255, 255, 255));

    assertThat(moments.count()).isEqualTo(3);
    assertThat(moments.leading(2).error()).isCloseTo(0, within(1e-12));
    BlockCode one = moments.leading(1);
    assertThat(one.share()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(one.error()).isCloseTo(4 / 3.0 / 8, within(1e-12));
    for (int i = 0; i < 8; i++) {
      assertThat(one.weights()[i]).as("at %d", i).isCloseTo(i % 2 == 0 ? 0.5f : 0, within(1e-6f));
    }
  }
}
