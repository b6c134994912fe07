/**
 * Commands about datasets before any network sees them: {@code dataset check}, {@code dataset init}
 * and {@code dataset preview}. Only the root enters.
 */
@NullMarked
package dev.inlay.cli.data;

import org.jspecify.annotations.NullMarked;
