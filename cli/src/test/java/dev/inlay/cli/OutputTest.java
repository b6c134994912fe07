package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Output that cannot be written is a failure. */
final class OutputTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(OutputStream out, String... args) {
    return Inlay.run(args, Map.of(), new Output(out), new Output(err));
  }

  /** Takes some bytes, then has no room. */
  private static OutputStream full(int room) {
    return new OutputStream() {
      private int left = room;

      @Override
      public void write(int value) throws IOException {
        if (left-- <= 0) {
          throw new IOException("No space left on device");
        }
      }
    };
  }

  @Test
  void lostOutputEndsWithACodeAndTheReason() {
    for (int room : new int[] {0, 10}) {
      err.reset();
      assertThat(run(full(room), "--version")).isEqualTo(1);
      assertThat(run(full(room), "list", "--json")).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("inlay: The output could not be written: No space left on device.");
    }
  }

  @Test
  void wholeOutputAndMistakesKeepTheirCodes() {
    assertThat(run(new ByteArrayOutputStream(), "--version")).isZero();
    assertThat(run(full(0), "lst")).isEqualTo(2);
    assertThat(
            Inlay.run(new String[] {"--version"}, Map.of(), new Output(err), new Output(full(0))))
        .as("nothing is lost on a stream that nothing was written to")
        .isZero();
  }
}
