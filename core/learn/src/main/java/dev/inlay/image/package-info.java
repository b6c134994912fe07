/** Images and label maps: reading, writing, painting one over the other. */
@NullMarked
package dev.inlay.image;

import org.jspecify.annotations.NullMarked;
