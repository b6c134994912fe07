package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which parameters grow with the number of classes. */
final class ClassCountTest {

  private static ClassCount counts(String spec) {
    return ClassCount.of(SampleParts.spec(spec));
  }

  @Test
  void classifiersOfAllHeadsAreFound() {
    ClassCount counts = counts("trunk | side | regions | last");
    assertThat(
            SampleParts.assembly("trunk | side | regions | last", 5).graph().parameters().keySet())
        .filteredOn(counts::isClassifier)
        .containsExactlyInAnyOrder(
            "side.conv_seg.weight",
            "side.conv_seg.bias",
            "regions.coarse.conv_seg.weight",
            "regions.coarse.conv_seg.bias",
            "regions.presence.weight",
            "regions.presence.bias",
            "last.conv_seg.weight",
            "last.conv_seg.bias");
  }

  @Test
  void theClassesFollowFromTheShape() {
    ClassCount counts = counts("trunk | regions | last");
    assertThat(counts.classes("last.conv_seg.weight", List.of(19L, 3L, 1L, 1L))).hasValue(19);
    assertThat(counts.classes("last.conv_seg.bias", List.of(150L))).hasValue(150);
    assertThat(counts.classes("regions.presence.bias", List.of(20L))).hasValue(19);
  }

  @Test
  void severalScoresMayBeOfOneClass() {
    ClassCount counts = counts("trunk | last(factor=4)");
    assertThat(counts.classes("last.conv_seg.bias", List.of(16L * 21))).hasValue(21);
    assertThat(counts.classes("last.conv_seg.bias", List.of(16L * 21 + 1))).isEmpty();
  }

  @Test
  void otherShapesAreOfNoClasses() {
    ClassCount counts = counts("trunk | regions | last");
    assertThat(counts.classes("trunk.stem.conv.weight", List.of(4L))).isEmpty();
    assertThat(counts.classes("last.conv_seg.bias", List.of())).isEmpty();
    assertThat(counts.classes("last.conv_seg.bias", List.of(256L))).isEmpty();
    assertThat(counts.classes("regions.presence.bias", List.of(1L))).isEmpty();
  }
}
