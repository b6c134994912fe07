/** What changes crops at random besides scaling, cropping and mirroring. */
@NullMarked
package dev.inlay.augment;

import org.jspecify.annotations.NullMarked;
