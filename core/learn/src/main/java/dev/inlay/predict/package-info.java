/** What becomes of an image and its labels: overlays and pictures that show them side by side. */
@NullMarked
package dev.inlay.predict;

import org.jspecify.annotations.NullMarked;
