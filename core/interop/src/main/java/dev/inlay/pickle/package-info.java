/**
 * Reads and writes the pickles of PyTorch's checkpoints: plain values, containers and descriptions
 * of tensors. Everything else in a pickle is refused or kept as a name; nothing in it runs. The
 * package knows neither networks nor file formats around the pickle.
 */
@NullMarked
package dev.inlay.pickle;

import org.jspecify.annotations.NullMarked;
