/** Context from regions that every pixel weights: APCNet's adaptive context modules. */
@NullMarked
package dev.inlay.plugins.adaptivepyramid;

import org.jspecify.annotations.NullMarked;
