/** Context from classes, their weights, and regions of the image. */
@NullMarked
package dev.inlay.plugins.hybridattention;

import org.jspecify.annotations.NullMarked;
