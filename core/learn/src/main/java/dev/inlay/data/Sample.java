package dev.inlay.data;

import java.nio.file.Path;

/**
 * An image of a dataset and its label map, as files; the name is the image's without its ending.
 */
public record Sample(String name, Path image, Path labels) {}
