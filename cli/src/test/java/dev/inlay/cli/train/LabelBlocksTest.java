package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.image.LabelMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of labels, and what becomes of them at low resolution and back. */
final class LabelBlocksTest {

  private static final ClassList TWO =
      new ClassList(List.of(new LabelClass("a", 0), new LabelClass("b", 0xffffff)), 255);

  private static LabelMap labels(int width, int... ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new LabelMap(width, ids.length / width, bytes);
  }

  /** Five columns and three rows hold two whole blocks; the ignored pixel has no 1. */
  @Test
  void theOnesStandAtTheirPixelAndClass() {
    LabelBlocks blocks = new LabelBlocks(2, TWO);
    LabelMap labels = labels(5, 0, 1, 1, 1, 0, 1, 255, 0, 1, 0, 0, 0, 0, 0, 0);
    List<String> seen = new ArrayList<>();

    blocks.forEach(
        labels,
        (row, column, ones, count) ->
            seen.add(row + "," + column + " " + Arrays.toString(Arrays.copyOf(ones, count))));

    assertThat(blocks.size()).isEqualTo(8);
    assertThat(seen).containsExactly("0,0 [0, 3, 5]", "0,1 [1, 3, 4, 7]");
    assertThat(blocks.whole(labels)).isEqualTo(labels(4, 0, 1, 1, 1, 1, 255, 0, 1));
  }

  /** Two kinds of blocks, so two directions keep all and one keeps the more frequent kind. */
  @Test
  void theLeadingDirectionsKeepMost() {
    LabelBlocks blocks = new LabelBlocks(2, TWO);
    BlockMoments moments = new BlockMoments(blocks);
    moments.add(labels(6, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1));
    moments.add(labels(2, 255, 255, 255, 255));

    assertThat(moments.count()).isEqualTo(3);
    assertThat(moments.leading(2).error()).isCloseTo(0, within(1e-12));
    BlockCode one = moments.leading(1);
    assertThat(one.share()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(one.error()).isCloseTo(4 / 3.0 / 8, within(1e-12));
    float[] projection = one.projection();
    for (int i = 0; i < 64; i++) {
      boolean first = i / 8 % 2 == 0 && i % 8 % 2 == 0;
      assertThat(projection[i]).as("at %d", i).isCloseTo(first ? 0.25f : 0, within(1e-6f));
    }
  }

  /** One row of blocks (0 0)(0 1): its shares give 0 everywhere, the middle labels two of each. */
  @Test
  void interpolationSeesSharesOrTheLabelInTheMiddle() {
    LabelBlocks blocks = new LabelBlocks(2, TWO);
    LabelMap labels = labels(4, 0, 0, 0, 1, 0, 0, 0, 1);
    BlockMoments moments = new BlockMoments(blocks);
    moments.add(labels);
    UpsamplingOracle oracle = new UpsamplingOracle(blocks, moments.leading(2));
    oracle.add(labels);

    assertThat(oracle.shared().classes().get(1).predicted()).isZero();
    assertThat(oracle.shared().pixelAccuracy()).isEqualTo(0.75);
    assertThat(oracle.sampled().classes().get(1).predicted()).isEqualTo(4);
    assertThat(oracle.sampled().pixelAccuracy()).isEqualTo(0.75);
    assertThat(oracle.coded().meanIou()).isEqualTo(1);
  }
}
