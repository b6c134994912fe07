/** Labelled images: datasets on disk, augmentation, and batches made in advance by threads. */
@NullMarked
package dev.inlay.data;

import org.jspecify.annotations.NullMarked;
