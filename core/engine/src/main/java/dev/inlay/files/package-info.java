/** Files and folders on the disk: written whole, made where they are missing. */
@NullMarked
package dev.inlay.files;

import org.jspecify.annotations.NullMarked;
