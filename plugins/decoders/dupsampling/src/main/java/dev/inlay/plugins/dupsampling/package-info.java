/** Upsampling with weights that come from the training labels: DUpsampling. */
@NullMarked
package dev.inlay.plugins.dupsampling;

import org.jspecify.annotations.NullMarked;
