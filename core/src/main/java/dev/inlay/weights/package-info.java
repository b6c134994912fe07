/** Models in files: safetensors read and written, and what a model's file says about it. */
@NullMarked
package dev.inlay.weights;

import org.jspecify.annotations.NullMarked;
