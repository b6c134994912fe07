/**
 * Other implementations' networks: their configurations and parameter names, as stages and
 * parameters here.
 */
@NullMarked
package dev.inlay.reference;

import org.jspecify.annotations.NullMarked;
