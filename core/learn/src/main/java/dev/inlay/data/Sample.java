package dev.inlay.data;

import java.nio.file.Path;

/**
 * The files of an image and of its label map; the name is the image's file name without its
 * extension.
 */
public record Sample(String name, Path image, Path labels) {}
