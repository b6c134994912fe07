package dev.inlay.train.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.Reason;
import dev.inlay.files.SmallFile;
import dev.inlay.files.WholeFile;
import dev.inlay.train.Hook;
import dev.inlay.train.Progress;
import dev.inlay.train.StepTime;
import dev.inlay.train.report.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The log of a training: one line of JSON for every iteration and every scoring, written as it
 * happens. Numbers have all their digits.
 */
public final class RunLog implements Hook {

  private static final String ITERATION = "iteration";
  private static final int LARGEST = 1 << 30;

  private final Path file;
  private final SaveFailures failures;

  /** A log in a folder; lines are added at its end. */
  public RunLog(RunFolder folder, SaveFailures failures) {
    this.file = folder.file(RunFolder.LOG);
    this.failures = failures;
  }

  /**
   * Removes the lines after an iteration, which a resumed training writes again, and adds the
   * others to a history.
   *
   * @throws InlayException if the log can't be read or written
   */
  public void rewind(int iteration, History history) {
    if (!Files.exists(file)) {
      return;
    }
    List<String> kept = new ArrayList<>();
    for (String line : SmallFile.text(file, "log", LARGEST).lines().toList()) {
      // A process that was killed may have left half a line.
      JsonObject object = parsed(line);
      if (object.has(ITERATION) && object.get(ITERATION).getAsInt() <= iteration) {
        kept.add(line);
        read(object, history);
      }
    }
    WholeFile.writeText(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
  }

  private static JsonObject parsed(String line) {
    try {
      JsonElement element = JsonParser.parseString(line);
      return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }

  private static void read(JsonObject line, History history) {
    int iteration = line.get(ITERATION).getAsInt();
    if (line.has("val_miou")) {
      history.add(
          iteration,
          new History.Scoring(
              number(line, "val_miou"),
              number(line, "val_pixel_accuracy"),
              number(line, "val_mean_accuracy")));
    } else if (line.has("loss")) {
      Map<String, Double> losses = new LinkedHashMap<>();
      line.getAsJsonObject("losses")
          .entrySet()
          .forEach(each -> losses.put(each.getKey(), each.getValue().getAsDouble()));
      JsonObject time = line.getAsJsonObject("time");
      history.add(
          new Progress(
              iteration,
              line.get("iterations").getAsInt(),
              number(line, "loss"),
              losses,
              number(line, "train_miou"),
              number(line, "rate"),
              number(line, "gradient_norm"),
              number(line, "seconds"),
              new StepTime(
                  number(time, "data"), number(time, "gradients"), number(time, "update"))));
    }
  }

  /** A number; NaN where the line has null. */
  private static double number(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? Double.NaN : value.getAsDouble();
  }

  @Override
  public Answer iterated(Progress progress) {
    JsonObject line = new JsonObject();
    line.addProperty(ITERATION, progress.iteration());
    line.addProperty("iterations", progress.iterations());
    add(line, "loss", progress.loss());
    JsonObject losses = new JsonObject();
    progress.losses().forEach((name, loss) -> add(losses, name, loss));
    line.add("losses", losses);
    add(line, "train_miou", progress.meanIou());
    add(line, "rate", progress.rate());
    add(line, "gradient_norm", progress.gradientNorm());
    add(line, "seconds", progress.seconds());
    JsonObject time = new JsonObject();
    add(time, "data", progress.time().data());
    add(time, "gradients", progress.time().gradients());
    add(time, "update", progress.time().update());
    line.add("time", time);
    append(line);
    return Answer.CONTINUE;
  }

  @Override
  public Answer scored(Progress progress, Scores scores, boolean best) {
    JsonObject line = new JsonObject();
    line.addProperty(ITERATION, progress.iteration());
    add(line, "val_miou", scores.meanIou());
    add(line, "val_pixel_accuracy", scores.pixelAccuracy());
    add(line, "val_mean_accuracy", scores.meanAccuracy());
    line.addProperty("best", best);
    append(line);
    return Answer.CONTINUE;
  }

  /** Adds a number, or null for one that JSON does not have. */
  private static void add(JsonObject line, String name, double value) {
    line.addProperty(name, Double.isFinite(value) ? value : null);
  }

  private void append(JsonObject line) {
    failures.during(
        file,
        () -> {
          try {
            Files.writeString(
                file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new InlayException(
                "A line could not be added to %s (%s).".formatted(file, Reason.of(e)), e);
          }
        });
  }
}
