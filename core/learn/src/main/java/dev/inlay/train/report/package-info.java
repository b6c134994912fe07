/** How a training went: its table and its curves. */
@NullMarked
package dev.inlay.train.report;

import org.jspecify.annotations.NullMarked;
