/** Context from filters that the image itself makes. */
@NullMarked
package dev.inlay.plugins.dcm;

import org.jspecify.annotations.NullMarked;
