package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specs in files read like specs on the command line, and errors name the file. */
final class SpecFileTest {
  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("resnet50 | aspp(channels=8) | fcn", Samples.TECHNIQUES);

  @TempDir Path folder;

  @Test
  void readsYamlByNameOrByContent() throws IOException {
    for (String name : new String[] {"net.yaml", "net.YML", "net.txt", "net"}) {
      Path file = write(name, NETWORK.toYaml());
      assertThat(NetworkSpec.read(file, Samples.TECHNIQUES)).isEqualTo(NETWORK);
    }
  }

  @Test
  void readsTheOneLineFormEvenOverSeveralLines() throws IOException {
    Path file = write("net.txt", "\uFEFFresnet50\r\n  | aspp(channels=8)\r\n  | fcn\r\n");
    assertThat(NetworkSpec.read(file, Samples.TECHNIQUES)).isEqualTo(NETWORK);
    assertThat(NetworkSpec.read(write("preset", "fcn_r18\n"), Samples.TECHNIQUES))
        .hasToString("resnet18 | fcn");
  }

  @Test
  void thePathOfAYamlFileIsASpec() throws IOException {
    Path file = write("my net.yaml", "# a comment\n" + NETWORK.toYaml());
    assertThat(NetworkSpec.parse(file.toString(), Samples.TECHNIQUES)).isEqualTo(NETWORK);
  }

  /** A spec in a file may come from anywhere, so it opens no other file. */
  @Test
  void aSpecInAFileNamesNoFile() throws IOException {
    Path file = write("secret.yaml", NETWORK.toYaml());
    for (String path :
        List.of(file.toString(), " " + file + "\n", "x.yaml", "../x.yml", "/dev/zero/x.yaml")) {
      assertThatThrownBy(() -> NetworkSpec.ofText(path, Samples.TECHNIQUES))
          .isInstanceOf(InlayException.class)
          .hasMessageContaining("which looks like the path of a file")
          .hasMessageNotContaining("resnet50");
    }
    for (String other : List.of("/etc/passwd", "file:/etc/passwd", "secret.YAML", "@secret.txt")) {
      assertThatThrownBy(() -> NetworkSpec.ofText(other, Samples.TECHNIQUES))
          .isInstanceOf(InlayException.class)
          .hasMessageNotContaining("root:");
    }
    assertThat(NetworkSpec.ofText(NETWORK.toString(), Samples.TECHNIQUES)).isEqualTo(NETWORK);
    assertThat(NetworkSpec.ofText(NETWORK.toYaml(), Samples.TECHNIQUES)).isEqualTo(NETWORK);
    assertThat(NetworkSpec.ofText("fcn_r18", Samples.TECHNIQUES)).hasToString("resnet18 | fcn");
  }

  @Test
  void errorsNameTheFileAndTheLine() throws IOException {
    Path yaml = write("net.yaml", "- resnet50\n- aspp: {channels: 0}\n- fcn\n");
    String place = "  " + yaml + ", line 2: ";
    assertRefused(
        yaml,
        "aspp.channels is 0; it must be 1 or more.\n"
            + (place + "- aspp: {channels: 0}\n")
            + ("  " + " ".repeat(place.length() - 2 + 19) + "^"));
    Path text = write("net.txt", "resnet50 | aspp(channels=0)\n| fcn\n");
    assertRefused(
        text,
        "aspp.channels is 0; it must be 1 or more.\n"
            + ("  " + text + ": resnet50 | aspp(channels=0) | fcn\n")
            + ("  " + " ".repeat((text + ": ").length() + 25) + "^"));
  }

  @Test
  void filesThatHoldNoSpecAreRefused() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertRefused(
        missing,
        "The spec file %s does not exist; the path is relative to %s."
            .formatted(missing, Path.of("").toAbsolutePath()));
    assertRefused(folder, "The spec file " + folder + " is a folder. Name a regular file.");
    Path empty = write("empty.yaml", "\n");
    assertRefused(
        empty,
        "The spec file "
            + empty
            + " is empty; a spec reads: backbone | context modules... | decoder.");
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'r', (byte) 0xE9, 's'});
    assertRefused(latin, "The spec file " + latin + " is not text in UTF-8. Save it as UTF-8.");
    Path large = Files.write(folder.resolve("large.txt"), new byte[(1 << 20) + 1]);
    assertRefused(
        large, "The spec file " + large + " has 1048577 bytes; it may have at most 1048576.");
    Path comment = write("comment.yaml", "# nothing\n");
    assertThatThrownBy(() -> NetworkSpec.read(comment, Samples.TECHNIQUES))
        .hasMessageStartingWith("A spec in YAML is a list of stages, each begun with '- '");
    assertThatThrownBy(() -> NetworkSpec.parse("no\u0000path.yml", Samples.TECHNIQUES))
        .hasMessageStartingWith("'no\uFFFDpath.yml' is not a path: ");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> NetworkSpec.read(file, Samples.TECHNIQUES)).hasMessage(message);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
