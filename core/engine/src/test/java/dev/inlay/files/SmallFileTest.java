package dev.inlay.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.inlay.InlayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only regular files of limited size are read, whatever they claim. */
final class SmallFileTest {

  private static final int MOST = 100;

  @TempDir private Path folder;

  private static String read(Path path) {
    return SmallFile.text(path, "list", MOST);
  }

  private static void refuses(Path path, String reason) {
    assertThatThrownBy(() -> read(path))
        .isInstanceOf(InlayException.class)
        .hasMessage("The list %s %s", path, reason);
  }

  @Test
  void textAsItIsWithoutByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "\uFEFFé\n東京");
    assertThat(read(file)).isEqualTo("é\n東京");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(read(link)).isEqualTo("é\n東京");
    assertThat(read(Files.writeString(folder.resolve("full"), "x".repeat(MOST)))).hasSize(MOST);
    assertThat(read(Files.createFile(folder.resolve("empty")))).isEmpty();
  }

  @Test
  void whatIsNotText() throws IOException {
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'r', (byte) 0xE9, 's'});
    refuses(latin, "is not text in UTF-8. Save it as UTF-8.");
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(MOST + 1));
    refuses(large, "has 101 bytes; it may have at most 100.");
    refuses(
        folder.resolve("no"),
        "cannot be read: it does not exist. Check the path and the permissions.");
    refuses(folder, "is a folder. Name a regular file.");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pipesDevicesAndSockets() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    refuses(Path.of("/dev/zero"), "is a device. Name a regular file.");

    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    refuses(pipe, "is a pipe. Name a regular file.");
    Path link = Files.createSymbolicLink(folder.resolve("to-pipe"), pipe);
    refuses(link, "is a pipe. Name a regular file.");

    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      refuses(socket, "is a socket. Name a regular file.");
    }
  }

  @Test
  void fileThatClaimsToBeEmpty() {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status));
    refuses(status, "has more bytes than it claims; it may have at most 100.");
    assertThat(SmallFile.text(status, "list", 1 << 20)).startsWith("Name:");
  }

  @Test
  void streamIsReadNoFurtherThanItsLimit() throws IOException {
    assertThat(SmallFile.atMost(new ByteArrayInputStream(new byte[MOST]), MOST)).hasSize(MOST);
    InputStream endless =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            given++;
            assertThat(given).isLessThanOrEqualTo(MOST + 1);
            return 'x';
          }
        };
    assertThatThrownBy(() -> SmallFile.atMost(endless, MOST))
        .isInstanceOf(SmallFile.TooLargeException.class)
        .hasMessage("it has more than the 100 bytes that it may have");
  }
}
