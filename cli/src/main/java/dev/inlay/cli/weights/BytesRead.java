package dev.inlay.cli.weights;

import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.Workbench;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Shows the progress of reading files of 500 MB or more; smaller ones take too little time. */
final class BytesRead implements LongConsumer, AutoCloseable {

  private static final long MEGABYTE = 1_000_000;
  private static final long WORTH_SHOWING = 500 * MEGABYTE;

  private final @Nullable Meter meter;
  private long bytes;

  BytesRead(long all, Workbench bench) {
    meter = all < WORTH_SHOWING ? null : Meter.of("megabytes", all / MEGABYTE, bench.err());
  }

  @Override
  public void accept(long more) {
    bytes += more;
    if (meter != null) {
      meter.at(bytes / MEGABYTE, "");
    }
  }

  @Override
  public void close() {
    if (meter != null) {
      meter.close();
    }
  }
}
