/** Residual networks, plain and dilated. */
@NullMarked
package dev.inlay.plugins.resnet;

import org.jspecify.annotations.NullMarked;
