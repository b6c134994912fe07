package dev.inlay.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream that remembers whether anything was lost: the writers of Java say nothing when
 * a disk is full or the reader has gone.
 */
final class Output {

  private final PrintWriter writer;
  private @Nullable IOException lost;

  /** One of the process's streams. */
  static Output of(FileDescriptor stream) {
    return new Output(new FileOutputStream(stream));
  }

  /** A stream that takes UTF-8. */
  Output(OutputStream stream) {
    OutputStream watched =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            try {
              stream.write(bytes, from, count);
            } catch (IOException e) {
              lost = e;
              throw e;
            }
          }
        };
    writer = new PrintWriter(new OutputStreamWriter(watched, StandardCharsets.UTF_8), true);
  }

  PrintWriter writer() {
    return writer;
  }

  /** Writes what waits; the first error that anything met, or null. */
  @Nullable IOException flush() {
    writer.flush();
    return lost;
  }
}
