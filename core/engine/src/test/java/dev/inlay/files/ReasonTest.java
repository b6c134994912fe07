package dev.inlay.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** The reasons of I/O errors in words. */
final class ReasonTest {

  @Test
  void theSystemsReasonStandsForThatOfItsWrapper() {
    IOException full = new IOException("No space left on device");

    assertThat(Reason.of(new IOException("I/O error writing PNG file!", full)))
        .isEqualTo("No space left on device");
    assertThat(
            Reason.of(
                new IOException("Cannot write", new FileSystemException("a", null, "Disk quota"))))
        .isEqualTo("Disk quota");
  }

  @Test
  void causesOfOtherKindsDoNot() {
    assertThat(Reason.of(new IOException("Cannot write", new IllegalStateException("7"))))
        .isEqualTo("Cannot write");
  }
}
