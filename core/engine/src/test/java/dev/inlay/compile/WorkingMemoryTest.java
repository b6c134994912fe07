package dev.inlay.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The estimate against sums by hand, in floats of the image's size. */
final class WorkingMemoryTest {

  private static final long HEIGHT = 100;
  private static final long WIDTH = 200;
  private static final long FLOATS = 4 * HEIGHT * WIDTH;

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("");
  private final Tensor image =
      graph.input(
          "image", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W"));

  private long bytes(Tensor output, ProgramOptions options) {
    return new WorkingMemory(new Program(graph, List.of(output), options)).bytes(1, HEIGHT, WIDTH);
  }

  private long bytes(Tensor output) {
    return bytes(output, ProgramOptions.INFERENCE);
  }

  private Tensor conv(Tensor input, int channels, String name) {
    return scope.conv(name, input, channels, 1);
  }

  @Test
  void anInputTakesNothingAndAResultItsSize() {
    assertThat(bytes(conv(image, 8, "a"))).isEqualTo(8 * FLOATS);
    assertThat(
            bytes(
                image.reshape(Dim.symbol("B"), Dim.of(3), Dim.symbol("H").times(Dim.symbol("W")))))
        .isZero();
  }

  @Test
  void aValueIsHeldUntilItIsReadLast() {
    Tensor chain = conv(conv(conv(image, 8, "a"), 16, "b"), 4, "c");
    assertThat(bytes(chain)).isEqualTo((8 + 16) * FLOATS);
    Tensor first = conv(image, 8, "d");
    Tensor late = Tensor.concat(first, conv(conv(first, 16, "e"), 4, "f"));
    assertThat(bytes(late)).isEqualTo((8 + 16 + 4) * FLOATS);
  }

  @Test
  void viewsAndWorkInPlaceTakeNothing() {
    Tensor base = conv(image, 8, "a");
    assertThat(bytes(base.relu())).isEqualTo(8 * FLOATS);
    assertThat(bytes(base.permute(0, 2, 3, 1))).isEqualTo(8 * FLOATS);
    assertThat(bytes(base.sigmoid())).isEqualTo(2 * 8 * FLOATS);
  }

  @Test
  void attentionGrowsWithTheSquareOfTheImage() {
    Dim pixels = Dim.symbol("H").times(Dim.symbol("W"));
    Tensor flat = conv(image, 8, "a").reshape(Dim.symbol("B"), Dim.of(8), pixels);
    Tensor attention = flat.permute(0, 2, 1).matmul(flat);
    assertThat(bytes(attention)).isEqualTo(8 * FLOATS + FLOATS * HEIGHT * WIDTH);
  }

  @Test
  void aNarrowTypeTakesHalf() {
    Tensor chain = conv(conv(conv(image, 8, "a"), 16, "b"), 4, "c");
    long narrow = bytes(chain, ProgramOptions.INFERENCE.inBfloat16());
    assertThat(narrow).isEqualTo((8 + 16) * FLOATS / 2);
  }
}
