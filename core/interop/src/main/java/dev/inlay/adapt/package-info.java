/**
 * Tensors of a weights file that are changed on the way into a network, so that the network
 * computes by Inlay's conventions what the reference computes by its own: images in red, green,
 * blue, and a logit for every class. It knows graphs and tensors, no naming schemes and no
 * projects; {@code dev.inlay.reference} decides which adaptations an import needs.
 */
@NullMarked
package dev.inlay.adapt;

import org.jspecify.annotations.NullMarked;
