package dev.inlay.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.evaluate.ConfusionMatrix;
import dev.inlay.evaluate.Evaluated;
import dev.inlay.evaluate.ImageScores;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.SmallFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scores that an earlier evaluation wrote with {@code --report}. */
final class EarlierScores {

  /** The file in the report's folder. */
  static final String FILE = "scores.json";

  private static final int LARGEST = 1 << 30;

  private EarlierScores() {}

  /**
   * Reads the scores of a report's folder.
   *
   * @throws InlayException if it has none, or those of other classes
   */
  static Evaluated read(Path folder, List<String> classes) {
    Path file = folder.resolve(FILE);
    try {
      JsonObject root =
          JsonParser.parseString(SmallFile.text(file, "report", LARGEST)).getAsJsonObject();
      List<String> named = new ArrayList<>();
      root.getAsJsonArray("classes")
          .forEach(each -> named.add(each.getAsJsonObject().get("name").getAsString()));
      if (!named.equals(classes)) {
        throw new InlayException(
            "%s has the scores of other classes (%s) than the dataset (%s). Compare reports of one dataset."
                .formatted(file, String.join(", ", named), String.join(", ", classes)));
      }
      List<ImageScores> images = new ArrayList<>();
      long[][] hits = new long[classes.size()][classes.size()];
      for (JsonElement each : root.getAsJsonArray("perImage")) {
        images.add(image(each.getAsJsonObject(), images.size(), classes.size()));
      }
      JsonArray matrix = root.getAsJsonArray("confusion");
      for (int row = 0; row < hits.length; row++) {
        for (int column = 0; column < hits.length; column++) {
          hits[row][column] = matrix.get(row).getAsJsonArray().get(column).getAsLong();
        }
      }
      ConfusionMatrix confusion = new ConfusionMatrix(classes.size());
      confusion.add(hits);
      return new Evaluated(root.get("model").getAsString(), images, confusion);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | IndexOutOfBoundsException
        | ClassCastException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new InlayException(
          "%s is not what inlay evaluate --report writes. Give the folder of a report, or a model."
              .formatted(file),
          e);
    }
  }

  private static ImageScores image(JsonObject entry, int index, int classes) {
    List<Scores.OfClass> counts = new ArrayList<>();
    for (JsonElement one : entry.getAsJsonArray("counts")) {
      JsonArray three = one.getAsJsonArray();
      counts.add(
          new Scores.OfClass(
              three.get(0).getAsLong(), three.get(1).getAsLong(), three.get(2).getAsLong()));
    }
    if (counts.size() != classes) {
      throw new IllegalStateException("An image has the counts of other classes.");
    }
    return new ImageScores(index, entry.get("name").getAsString(), new Scores(counts));
  }
}
