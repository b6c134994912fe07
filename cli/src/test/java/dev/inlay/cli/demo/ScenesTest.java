package dev.inlay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.data.LabelledImage;
import org.junit.jupiter.api.Test;

/** Generated scenes are always the same, differ from each other, and show every class. */
final class ScenesTest {
  @Test
  void drawsTheSameSceneForTheSameSeedAndAnotherForAnother() {
    LabelledImage scene = new Scenes(3, 64, 48, 1).read(2);
    assertThat(new Scenes(5, 64, 48, 1).read(2).image().rgb()).isEqualTo(scene.image().rgb());
    assertThat(new Scenes(5, 64, 48, 1).read(2).labels()).isEqualTo(scene.labels());
    assertThat(new Scenes(3, 64, 48, 1).read(1).labels()).isNotEqualTo(scene.labels());
    assertThat(new Scenes(3, 64, 48, 2).read(2).labels()).isNotEqualTo(scene.labels());
  }

  @Test
  void showsEveryClassOftenEnoughToLearnIt() {
    Scenes scenes = new Scenes(40, 80, 60, 1);
    long[] pixels = new long[Scenes.classes().size()];
    for (int i = 0; i < scenes.size(); i++) {
      LabelledImage scene = scenes.read(i);
      assertThat(scene.image().width()).isEqualTo(80);
      assertThat(scene.labels().height()).isEqualTo(60);
      for (byte id : scene.labels().ids()) {
        pixels[id]++;
      }
    }
    for (long each : pixels) {
      assertThat(each / (40.0 * 80 * 60)).isGreaterThan(0.03);
    }
  }

  @Test
  void drawsUprightAndLargeScenesToo() {
    LabelledImage scene = new Scenes(1, 33, 90, 4).read(0);
    assertThat(scene.image().rgb()).hasSize(3 * 33 * 90);
  }

  @Test
  void refusesNoScenesAndSizesThatAreTooSmall() {
    assertThatThrownBy(() -> new Scenes(0, 64, 64, 1))
        .isInstanceOf(InlayException.class)
        .hasMessage("0 scenes were asked for, but there must be at least 1.");
    assertThatThrownBy(() -> new Scenes(1, 16, 64, 1))
        .isInstanceOf(InlayException.class)
        .hasMessage("The scenes are 16x64, but each side must be 32 to 4096 pixels.");
  }
}
