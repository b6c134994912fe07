/**
 * The folder of a training: its lock, its configuration, its saved state and its log. Commands and
 * applications that train into a folder enter; the training loop does not know it.
 */
@NullMarked
package dev.inlay.train.run;

import org.jspecify.annotations.NullMarked;
