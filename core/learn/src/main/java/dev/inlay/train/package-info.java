/** The training loop: objectives, schedules, evaluation in between, checkpoints. */
@NullMarked
package dev.inlay.train;

import org.jspecify.annotations.NullMarked;
