package dev.inlay.cli.score;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.data.ClassList;
import dev.inlay.evaluate.boundary.BoundaryScores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores of boundaries as text and JSON. */
final class BoundaryTable {

  private static final int DAVIS = 0;

  private BoundaryTable() {}

  static String text(BoundaryScores scores, ClassList classes) {
    Table table = new Table(1, 2);
    table.row("class", "boundary IoU", "boundary F1");
    for (int id = 0; id < classes.size(); id++) {
      table.row(
          classes.name(id),
          NumberText.percent(scores.iou(id)),
          NumberText.percent(scores.f1(DAVIS, id)));
    }
    StringBuilder text = new StringBuilder(table.text(""));
    text.append("\nmean boundary IoU ").append(NumberText.percent(scores.meanIou())).append('\n');
    for (int t = 0; t < BoundaryScores.TOLERANCES.size(); t++) {
      text.append(
          "mean boundary F1 %s within %s\n"
              .formatted(NumberText.percent(scores.meanF1(t)), scores.words(t)));
    }
    return text.toString();
  }

  static Map<String, @Nullable Object> json(BoundaryScores scores, ClassList classes) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("iou", number(scores.meanIou()));
    Map<String, @Nullable Object> means = new LinkedHashMap<>();
    for (int t = 0; t < BoundaryScores.TOLERANCES.size(); t++) {
      means.put(scores.words(t), number(scores.meanF1(t)));
    }
    all.put("f1", means);
    Map<String, @Nullable Object> each = new LinkedHashMap<>();
    for (int id = 0; id < classes.size(); id++) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("iou", number(scores.iou(id)));
      for (int t = 0; t < BoundaryScores.TOLERANCES.size(); t++) {
        one.put("f1 within " + scores.words(t), number(scores.f1(t, id)));
      }
      each.put(classes.name(id), one);
    }
    all.put("classes", each);
    return all;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
