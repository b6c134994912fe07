/** The report of a training: its table and its curves. */
@NullMarked
package dev.inlay.train.report;

import org.jspecify.annotations.NullMarked;
