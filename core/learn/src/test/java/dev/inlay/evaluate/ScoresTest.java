package dev.inlay.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.image.LabelMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores of a confusion matrix equal mmsegmentation's; absent classes count in no mean. */
final class ScoresTest {
  private static final ClassList CLASSES =
      new ClassList(
          List.of(
              new LabelClass("road", 1),
              new LabelClass("sidewalk", 2),
              new LabelClass("car", 3),
              new LabelClass("train", 4)),
          255);

  /** Road: 3 of 4 correct; sidewalk: 1 of 2; car: none, but one predicted; train: absent. */
  private static ConfusionMatrix counted() {
    ConfusionMatrix matrix = new ConfusionMatrix(4);
    matrix.add(
        new LabelMap(4, 2, new byte[] {0, 0, 0, 0, 1, 1, (byte) 255, (byte) 255}),
        new LabelMap(4, 2, new byte[] {0, 0, 0, 1, 1, 2, 0, 3}),
        255);
    return matrix;
  }

  @Test
  void countsTruthByRowAndPredictionByColumnWithoutTheIgnored() {
    ConfusionMatrix matrix = counted();
    assertThat(matrix.count(0, 0)).isEqualTo(3);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.count(1, 2)).isEqualTo(1);
    assertThat(matrix.count(3, 3)).isZero();
    assertThat(matrix.scores().pixels()).isEqualTo(6);
  }

  @Test
  void scoresEachClassAndTheMeans() {
    Scores scores = counted().scores();
    assertThat(scores.classes())
        .containsExactly(
            new Scores.OfClass(3, 4, 3),
            new Scores.OfClass(1, 2, 2),
            new Scores.OfClass(0, 0, 1),
            new Scores.OfClass(0, 0, 0));
    assertThat(scores.classes().get(1).iou()).isEqualTo(1 / 3.0);
    assertThat(scores.classes().get(1).accuracy()).isEqualTo(1 / 2.0);
    assertThat(scores.classes().get(0).precision()).isEqualTo(1);
    assertThat(scores.classes().get(0).dice()).isEqualTo(6 / 7.0);
    assertThat(scores.classes().get(2).accuracy()).isNaN();
    assertThat(scores.classes().get(3).iou()).isNaN();
    assertThat(scores.classes().get(3).dice()).isNaN();
    assertThat(scores.classes().get(3).precision()).isNaN();
    assertThat(scores.frequencyWeightedIou())
        .isCloseTo(4 / 6.0 * 3 / 4 + 2 / 6.0 * 1 / 3, within(1e-12));
    assertThat(scores.meanPrecision()).isCloseTo((1 + 1 / 2.0 + 0) / 3, within(1e-12));
    assertThat(scores.meanDice()).isCloseTo((6 / 7.0 + 1 / 2.0 + 0) / 3, within(1e-12));
    assertThat(scores.pixelAccuracy()).isEqualTo(4 / 6.0);
    assertThat(scores.meanIou()).isCloseTo((3 / 4.0 + 1 / 3.0 + 0) / 3, within(1e-12));
    assertThat(scores.meanAccuracy()).isCloseTo((3 / 4.0 + 1 / 2.0) / 2, within(1e-12));
  }

  @Test
  void addsUpOverImagesAndCountsFromElsewhere() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.add(new long[][] {{5, 1}, {2, 7}});
    matrix.add(new LabelMap(1, 1, new byte[] {1}), new LabelMap(1, 1, new byte[] {1}), 255);
    assertThat(matrix.count(1, 1)).isEqualTo(8);
    assertThat(matrix.scores().classes().get(0).iou()).isEqualTo(5 / 8.0);
  }

  @Test
  void hasNoScoreWhereNothingWasCounted() {
    Scores scores = new ConfusionMatrix(4).scores();
    assertThat(scores.meanIou()).isNaN();
    assertThat(scores.pixelAccuracy()).isNaN();
    assertThat(new GsonBuilder().serializeNulls().create().toJson(scores.toJson(CLASSES)))
        .startsWith(
            "{\"miou\":null,\"pixelAccuracy\":null,\"meanAccuracy\":null,\"meanPrecision\":null,");
  }

  @Test
  void becomesJsonWithoutNaN() {
    assertThat(new Gson().toJson(counted().scores().toJson(CLASSES)))
        .contains(
            "\"pixels\":6,\"classes\":[{\"name\":\"road\",\"iou\":0.75,\"accuracy\":0.75,\"precision\":1.0,")
        .contains("{\"name\":\"train\",\"pixels\":0,\"predicted\":0}");
  }

  @Test
  void refusesSizesAndLabelsThatDoNotFit() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    LabelMap one = new LabelMap(1, 1, new byte[] {0});
    LabelMap two = new LabelMap(2, 1, new byte[] {0, 2});
    assertThatThrownBy(() -> matrix.add(one, two, 255))
        .hasMessage("The truth is 1x1, but the prediction 2x1; both must have the same size.");
    assertThatThrownBy(() -> matrix.add(two, two, 255))
        .hasMessage(
            "The true label is 2 and the predicted one 2, but both must be below 2, the number of"
                + " classes.");
    assertThatThrownBy(() -> matrix.add(new long[3][3]))
        .hasMessage("A matrix of 3 rows does not fit 2 classes.");
    assertThatThrownBy(() -> matrix.add(new long[2][3]))
        .hasMessage("A matrix of 3 columns does not fit 2 classes.");
  }

  @Test
  void laysOutATableWithAlignedColumns() {
    assertThat(ScoreTable.text(counted().scores(), CLASSES))
        .isEqualTo(
            """
            class          IoU  accuracy  precision      Dice          pixels
            road         75.00     75.00     100.00     85.71               4
            sidewalk     33.33     50.00      50.00     50.00               2
            car           0.00    absent       0.00      0.00               0
            train       absent    absent     absent    absent               0

            mIoU 36.11 %, pixel accuracy 66.67 %, mean accuracy 62.50 % (1 of 4 classes absent and not counted)
            """);
  }
}
