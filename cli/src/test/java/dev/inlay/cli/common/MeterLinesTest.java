package dev.inlay.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Progress where there is no terminal. */
final class MeterLinesTest {

  @Test
  void logsGetALineNowAndThenAndOneAtTheEnd() {
    StringWriter log = new StringWriter();
    try (Meter meter = new MeterLines("scoring", 100, new PrintWriter(log))) {
      for (int i = 1; i <= 100; i++) {
        meter.at(i, "image " + i);
      }
      meter.at(100, "again");
    }

    assertThat(log.toString().lines()).hasSize(2);
    assertThat(log.toString()).contains("scoring 1/100  image 1", "scoring 100/100  image 100");
  }
}
