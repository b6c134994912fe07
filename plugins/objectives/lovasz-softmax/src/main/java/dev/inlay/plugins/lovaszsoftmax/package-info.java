/** The Lovász-softmax loss: a surrogate of the mean intersection over union. */
@NullMarked
package dev.inlay.plugins.lovaszsoftmax;

import org.jspecify.annotations.NullMarked;
