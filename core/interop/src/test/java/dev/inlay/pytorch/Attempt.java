package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.inlay.InlayException;
import dev.inlay.weights.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens a hostile file and watches time and memory. */
final class Attempt {
  /** A busy machine may take several times as long as it should. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** All that is ever allocated, so that what is held at once is less. */
  private static final long MOST_ALLOCATED = 256 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Attempt() {}

  /** The one message with which a file is refused, without its path. */
  static String refusal(Path folder, byte[] content) {
    Path path = write(folder, content);
    Throwable failure = watched(path);
    assertThat(failure).isExactlyInstanceOf(InlayException.class);
    String message = String.valueOf(failure.getMessage());
    assertThat(message).startsWith(path.toString()).hasSizeLessThan(2000);
    assertThat(message.chars()).noneMatch(Character::isISOControl);
    return message.substring(path.toString().length());
  }

  /** Opens a file that is odd but harmless. */
  static PyTorchFile opened(Path folder, byte[] content) {
    Path path = write(folder, content);
    assertThat(watched(path)).isNull();
    return PyTorchFile.open(path);
  }

  private static @Nullable Throwable watched(Path path) {
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long begun = System.nanoTime();
    Throwable failure =
        catchThrowable(
            () -> {
              try (TensorFile file = TensorFiles.open(path)) {
                file.metadata();
              }
            });
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    allocated = THREADS.getThreadAllocatedBytes(thread) - allocated;
    assertThat(taken).isLessThan(LONGEST);
    assertThat(allocated).isLessThan(MOST_ALLOCATED);
    return failure;
  }

  private static Path write(Path folder, byte[] content) {
    try {
      return Files.write(folder.resolve("hostile.pth"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
