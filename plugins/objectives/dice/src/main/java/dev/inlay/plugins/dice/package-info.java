/** The Dice loss: how far what is predicted overlaps what is labelled. */
@NullMarked
package dev.inlay.plugins.dice;

import org.jspecify.annotations.NullMarked;
