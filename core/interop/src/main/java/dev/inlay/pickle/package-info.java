/**
 * Pickles as PyTorch writes them, read into plain values, containers and the places of tensors.
 * Whatever else a pickle asks for is refused or kept as a name: nothing in it runs.
 */
@NullMarked
package dev.inlay.pickle;

import org.jspecify.annotations.NullMarked;
