package dev.inlay.image;

import java.nio.file.Path;

/**
 * The size of an upright image, as its header says.
 *
 * @param turned whether an orientation tag before the pixels turns or mirrors the image
 */
public record ImageHeader(int width, int height, boolean turned) {

  /**
   * Reads the header of an image; damage of the pixels stays unknown.
   *
   * @throws dev.inlay.InlayException that names the file if it is missing, empty or not an image
   */
  public static ImageHeader read(Path file) {
    return ImageFile.header(file);
  }
}
