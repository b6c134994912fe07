/** A spec made a network: its stages described one after the other, and what each of them costs. */
@NullMarked
package dev.inlay.assemble;

import org.jspecify.annotations.NullMarked;
