/** Context by weights that each pixel predicts for the positions around it: PSANet. */
@NullMarked
package dev.inlay.plugins.pointwiseattention;

import org.jspecify.annotations.NullMarked;
