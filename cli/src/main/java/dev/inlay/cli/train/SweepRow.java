package dev.inlay.cli.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.inlay.cli.common.Json;
import dev.inlay.files.SmallFile;
import dev.inlay.files.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of one training of a sweep.
 *
 * @param context the context module
 * @param network the whole network
 * @param iterations the number of iterations
 * @param miou the best mIoU on held-out images; null if the training failed
 * @param pixelAccuracy the pixel accuracy then
 * @param parameters the network's parameters
 * @param multiplyAdds for one image
 * @param milliseconds the median time of a prediction of one image
 * @param seconds the training's time
 * @param failure why there is no result; null if there is one
 */
record SweepRow(
    String context,
    String network,
    int iterations,
    @Nullable Double miou,
    @Nullable Double pixelAccuracy,
    long parameters,
    long multiplyAdds,
    double milliseconds,
    double seconds,
    @Nullable String failure) {

  private static final int LARGEST = 1 << 20;

  static SweepRow failed(String context, String network, int iterations, String reason) {
    return new SweepRow(context, network, iterations, null, null, 0, 0, 0, 0, reason);
  }

  /** The result of an earlier run; empty if there is none of this network and length. */
  static Optional<SweepRow> read(Path file, String network, int iterations) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
              new Gson().fromJson(SmallFile.text(file, "result", LARGEST), SweepRow.class))
          .filter(row -> row.failure() == null)
          .filter(row -> row.network().equals(network) && row.iterations() == iterations);
    } catch (JsonParseException e) {
      return Optional.empty(); // Half a file or another one: the training is looked at again.
    }
  }

  void write(Path file) {
    WholeFile.writeText(file, Json.pretty(this) + "\n");
  }
}
