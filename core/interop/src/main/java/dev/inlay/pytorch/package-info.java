/** PyTorch's files: checkpoints read without running what is in them, and state dicts written. */
@NullMarked
package dev.inlay.pytorch;

import org.jspecify.annotations.NullMarked;
