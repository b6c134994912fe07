package dev.inlay.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.reference.Windows;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that slide over an image. */
final class SlidingTest {

  private static HostArray image(int batch, int height, int width) {
    float[] values = new float[batch * 3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return new HostArray(new long[] {batch, 3, height, width}, values);
  }

  /** A network that hands its window on gives the image back, however windows overlap. */
  @Test
  void windowsCoverEveryPixelAndOverlapsAreAveraged() {
    HostArray image = image(2, 7, 9);
    List<String> shapes = new ArrayList<>();
    HostArray made =
        new Sliding(1, new Windows(4, 5, 3, 2))
            .run(
                image,
                window -> {
                  shapes.add(Arrays.toString(window.shape()));
                  return window;
                });

    assertThat(made.shape()).containsExactly(2, 3, 7, 9);
    assertThat(made.values()).containsExactly(image.values());
    assertThat(shapes).hasSize(2 * 3).containsOnly("[2, 3, 4, 5]");
  }

  @Test
  void windowLargerThanTheImageIsTheImage() {
    HostArray image = image(1, 3, 4);
    assertThat(new Sliding(1, new Windows(8, 8, 4, 4)).run(image, window -> window).values())
        .containsExactly(image.values());
  }
}
