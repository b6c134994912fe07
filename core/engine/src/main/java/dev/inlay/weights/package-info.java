/**
 * Files of weights: safetensors, the description of models, and the comparison of files. Plugins
 * may not enter.
 */
@NullMarked
package dev.inlay.weights;

import org.jspecify.annotations.NullMarked;
