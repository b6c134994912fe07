package dev.inlay.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of an output folder before a long command. */
final class FoldersTest {

  @TempDir Path folder;

  @Test
  void lookingAtAFolderThatIsYetToMakeMakesNothing() {
    Path deep = folder.resolve("a/b/c");

    assertThatCode(() -> Folders.check(deep)).doesNotThrowAnyException();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "here");
    String message = file + " is a file, but a folder is needed there. Name another place.";

    assertThatThrownBy(() -> Folders.check(file.resolve("b/c")))
        .isInstanceOf(InlayException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Folders.make(file.resolve("b/c")))
        .isInstanceOf(InlayException.class)
        .hasMessage(message);
  }
}
