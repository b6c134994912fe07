/** DeepLabV3+'s decoder. */
@NullMarked
package dev.inlay.plugins.deeplabv3plus;

import org.jspecify.annotations.NullMarked;
