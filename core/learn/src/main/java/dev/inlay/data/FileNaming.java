package dev.inlay.data;

/**
 * How the files of images and label maps are named.
 *
 * @param imageSuffix what stands behind an image's name, before the ending; empty for nothing
 * @param labelSuffix what stands behind a label map's name, such as {@code _mask}
 * @param nested whether folders within the folders are read, whose names are parts of the name
 */
public record FileNaming(String imageSuffix, String labelSuffix, boolean nested) {

  /** An image and its label map have the same name, and lie in the folder itself. */
  public static final FileNaming PLAIN = new FileNaming("", "", false);
}
