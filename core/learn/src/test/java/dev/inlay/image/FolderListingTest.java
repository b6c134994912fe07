package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder holds is read, or counted and named with the reason. */
final class FolderListingTest {
  @TempDir Path temp;
  private Path folder;
  private byte[] jpeg;

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectory(temp.resolve("photos"));
    jpeg = TestImages.encoded(new BufferedImage(8, 8, 1), "jpg");
  }

  private Path add(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static byte[] webp() {
    return HexFormat.of().parseHex("52494646ffffff00574542505650");
  }

  @Test
  void everyNameOfAJpegIsRead() throws IOException {
    for (String name : new String[] {"a.jfif", "b.jpg", "c.JPE", "d.jpeg"}) {
      add(name, jpeg);
    }
    FolderListing listing = FolderListing.of(folder);
    assertThat(listing.images()).hasSize(4).allMatch(file -> ImageFile.read(file).width() == 8);
    assertThat(listing.skippedMessage()).isEmpty();
  }

  @Test
  void whatIsSkippedIsCountedAndNamedWithTheReason() throws IOException {
    add("b.jpg", jpeg);
    add("c.webp", webp());
    add("d.photo", jpeg);
    add("inner/e.jpg", jpeg);
    add("._b.jpg", jpeg);
    add(".DS_Store", new byte[9]);
    for (int i = 0; i < 7; i++) {
      add("n" + i + ".txt", new byte[9]);
    }
    Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("nowhere"));
    FolderListing listing = FolderListing.of(folder);
    assertThat(listing.images()).containsExactly(folder.resolve("b.jpg"));
    assertThat(listing.folders()).isEqualTo(1);
    assertThat(listing.skippedMessage())
        .contains(
            folder
                + ": 12 skipped: d.photo (a JPEG image by its content, but not by its name),"
                + " c.webp (a WebP image, which is not read), inner (a folder),"
                + " link.txt (a link to nothing), ._b.jpg (hidden),"
                + " n0.txt, n1.txt, n2.txt, n3.txt, n4.txt and 2 more (no image).");
  }

  @Test
  void aFolderWithoutImagesNamesWhatItHolds() throws IOException {
    add("inner/e.jpg", jpeg);
    add("c.webp", webp());
    assertThatThrownBy(() -> ImageFile.list(folder))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder
                + " holds no images (jpg, png, bmp, gif, tif); 2 skipped: c.webp (a WebP image,"
                + " which is not read), inner (a folder). Name a folder of images.");
  }

  @Test
  void aFolderOfAnotherKindIsNamed() throws IOException {
    add("zarr.json", new byte[9]);
    assertThatThrownBy(() -> ImageFile.list(folder))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder
                + " is a Zarr store, a folder, not an image that can be read. Save its images as"
                + " PNG with 8 bits per channel.");
  }

  @Test
  void subfoldersAreEnteredOnceAndTheResultsAreNot() throws IOException {
    Path top = add("a.jpg", jpeg);
    Path inner = add("x/y/b.jpg", jpeg);
    add("out/a_overlay.png", jpeg);
    add(".hidden/c.jpg", jpeg);
    Files.createSymbolicLink(folder.resolve("x/back"), folder);
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.write(elsewhere.resolve("d.jpg"), jpeg);
    Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
    FolderListing listing = FolderListing.withSubfolders(folder, folder.resolve("out"));
    assertThat(listing.images()).containsExactly(top, folder.resolve("linked/d.jpg"), inner);
    assertThat(listing.skippedMessage())
        .contains(
            folder
                + ": 2 skipped: x/back (a link to a folder that it lies in),"
                + " out (the folder of the results).");
  }

  @Test
  void aLinkToNothingSaysWhatItPointsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.jpg"), Path.of("b.jpg"));
    Files.createSymbolicLink(folder.resolve("b.jpg"), Path.of("../gone/c.jpg"));
    Path loop = Files.createSymbolicLink(folder.resolve("d.jpg"), Path.of("d.jpg"));
    assertThat(FolderListing.of(folder).images()).hasSize(3);
    assertThatThrownBy(() -> ImageFile.read(link))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            link
                + " is a link to "
                + temp.resolve("gone/c.jpg")
                + ", which does not exist. Restore what it points to, or remove the link.");
    assertThatThrownBy(() -> ImageFile.read(loop))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            loop
                + " is a link that leads back to itself. Restore what it points to, or remove the"
                + " link.");
  }

  @Test
  void namesThatCannotBeGivenAreExplained() throws IOException {
    String composed = "caf\u00e9.jpg";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    add(decomposed, jpeg);
    assertThatThrownBy(() -> ImageFile.read(folder.resolve(composed)))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder.resolve(composed)
                + " does not exist, but its folder holds a file of the same letters in other"
                + " characters (%s is in NFC, %s is in NFD). Give the folder, or rename the file."
                    .formatted(composed, decomposed));
    Path broken = folder.resolve("caf\uFFFD.jpg");
    assertThatThrownBy(() -> ImageFile.read(broken))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            broken
                + " does not exist. A name with \uFFFD is not UTF-8, so that it cannot be given;"
                + " give its folder instead.");
  }
}
