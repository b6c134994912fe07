/**
 * The passes between a described graph and a program, one in each file. They read and create nodes
 * and are independent of backends.
 */
@NullMarked
package dev.inlay.compile.pass;

import org.jspecify.annotations.NullMarked;
