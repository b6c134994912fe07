package dev.inlay.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is written completely or not at all. */
final class WholeFileTest {

  @TempDir Path folder;

  private void assertOnlyFileIs(Path file) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void textReplacesWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "something longer");

    WholeFile.writeText(file, "größe");

    assertThat(file).hasContent("größe");
    assertOnlyFileIs(file);
  }

  @Test
  void failureLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "before");

    assertThatThrownBy(
            () ->
                WholeFile.writeWithFolders(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocate(9));
                      throw new IOException("no room left");
                    }))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "%s could not be saved: no room left. Check the space and your permissions in %s, or"
                + " save elsewhere.",
            file, folder);

    assertThat(file).hasContent("before");
    assertOnlyFileIs(file);
  }

  @Test
  void foldersAreMadeOnlyWhereAskedFor() {
    Path deep = folder.resolve("a/b/c.txt");

    assertThatThrownBy(() -> WholeFile.write(deep, channel -> {}))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "%s cannot be saved: %s is no folder. Create it, or save elsewhere.",
            deep, deep.getParent());
    assertThat(folder).isEmptyDirectory();

    WholeFile.writeText(deep, "here");
    assertThat(deep).hasContent("here");
  }

  @Test
  void linkStaysALink() throws IOException {
    assumeThat(Files.getFileAttributeView(folder, PosixFileAttributeView.class)).isNotNull();
    Path place = Files.writeString(folder.resolve("place"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), place);

    WholeFile.writeText(link, "after");

    assertThat(link).isSymbolicLink();
    assertThat(place).hasContent("after");
  }

  @Test
  void replacedFileKeepsItsPermissions() throws IOException {
    assumeThat(Files.getFileAttributeView(folder, PosixFileAttributeView.class)).isNotNull();
    for (String mode : new String[] {"rw-rw-r--", "rw-------", "rw-r-----"}) {
      Path file = Files.writeString(folder.resolve(mode), "before");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

      WholeFile.write(file, channel -> channel.write(ByteBuffer.allocate(3)));

      assertThat(Files.size(file)).isEqualTo(3);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(mode);
    }
  }

  @Test
  void folderIsNoPlaceForAFile() {
    assertThatThrownBy(() -> WholeFile.writeText(folder, "here"))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder
                + " is a folder, so no file can be saved under that name."
                + " Give a file name in it.");
  }
}
