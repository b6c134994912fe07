/** Context by graph convolution over coordinates and over features. */
@NullMarked
package dev.inlay.plugins.dualgraph;

import org.jspecify.annotations.NullMarked;
