/** Commands for authors of techniques: {@code new}. Only the root enters. */
@NullMarked
package dev.inlay.cli.author;

import org.jspecify.annotations.NullMarked;
