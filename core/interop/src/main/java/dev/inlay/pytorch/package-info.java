/**
 * PyTorch's files: reads checkpoints without running anything in them, and writes state dicts.
 * Other packages enter by {@link dev.inlay.pytorch.TensorFiles}, {@link
 * dev.inlay.pytorch.PyTorchFile} and {@link dev.inlay.pytorch.PyTorchWriter}.
 */
@NullMarked
package dev.inlay.pytorch;

import org.jspecify.annotations.NullMarked;
