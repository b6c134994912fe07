package dev.inlay.cli.score;

import java.nio.file.Path;

/**
 * An image to segment and where its results go.
 *
 * @param labels the label map's file
 * @param overlay the picture's file
 */
record Target(Path image, Path labels, Path overlay) {}
