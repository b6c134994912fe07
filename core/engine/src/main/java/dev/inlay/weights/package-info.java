/** Models in files: safetensors read and written, what a file says, and how two differ. */
@NullMarked
package dev.inlay.weights;

import org.jspecify.annotations.NullMarked;
