/** The command {@code train}, and what is done before it. Only the root enters. */
@NullMarked
package dev.inlay.cli.train;

import org.jspecify.annotations.NullMarked;
