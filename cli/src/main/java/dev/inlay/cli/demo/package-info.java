/** The demo and the painter of its scenes. */
@NullMarked
package dev.inlay.cli.demo;

import org.jspecify.annotations.NullMarked;
