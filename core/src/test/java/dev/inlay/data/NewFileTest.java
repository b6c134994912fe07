package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a folder before a long piece of work, and the images that one holds. */
final class NewFileTest {

  @TempDir Path folder;

  @Test
  void lookingAtAFolderThatIsYetToMakeMakesNothing() {
    Path deep = folder.resolve("a/b/c");

    assertThatCode(() -> NewFile.checkFolder(deep)).doesNotThrowAnyException();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "here");
    String message = file + " is a file, but a folder is needed there. Name another place.";

    assertThatThrownBy(() -> NewFile.checkFolder(file.resolve("b/c")))
        .isInstanceOf(InlayException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> NewFile.makeFolder(file.resolve("b/c")))
        .isInstanceOf(InlayException.class)
        .hasMessage(message);
  }

  @Test
  void theImagesOfAFolderComeInTheOrderOfTheirNames() throws IOException {
    for (String name :
        new String[] {"b.PNG", "a.jpg", ".hidden.png", "notes.txt", "png", "c.tif"}) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.createDirectory(folder.resolve("d.png"));

    assertThat(ImageFile.list(folder))
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly("a.jpg", "b.PNG", "c.tif");
  }

  @Test
  void aFolderWithoutImagesIsRefused() {
    assertThatThrownBy(() -> ImageFile.list(folder))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder + " holds no images (jpg, png, bmp, gif, tif). Name a folder that does.");
    assertThatThrownBy(() -> ImageFile.list(folder.resolve("none")))
        .isInstanceOf(InlayException.class)
        .hasMessage(folder.resolve("none") + " does not exist. Name a folder of images.");
  }
}
