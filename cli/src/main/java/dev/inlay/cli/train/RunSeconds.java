package dev.inlay.cli.train;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.files.SmallFile;
import java.nio.file.Path;

/** The time of a training by its log. */
final class RunSeconds {

  private static final int LARGEST = 1 << 30;
  private static final String SECONDS = "seconds";

  private RunSeconds() {}

  /** The seconds at the last iteration; NaN if the log has none. */
  static double of(Path log) {
    double seconds = Double.NaN;
    for (String line : SmallFile.text(log, "log", LARGEST).lines().toList()) {
      try {
        JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
        if (entry.has(SECONDS)) {
          seconds = entry.get(SECONDS).getAsDouble();
        }
      } catch (JsonParseException | IllegalStateException e) {
        continue; // Half a line of a run that was killed.
      }
    }
    return seconds;
  }
}
