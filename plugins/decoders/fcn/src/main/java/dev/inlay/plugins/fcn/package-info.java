/** The fully convolutional decoder. */
@NullMarked
package dev.inlay.plugins.fcn;

import org.jspecify.annotations.NullMarked;
