/** Context at short, middle and long range: ORDNet's two attentions. */
@NullMarked
package dev.inlay.plugins.omnirange;

import org.jspecify.annotations.NullMarked;
