/** AdamW: Adam with a weight decay of its own. */
@NullMarked
package dev.inlay.plugins.adamw;

import org.jspecify.annotations.NullMarked;
