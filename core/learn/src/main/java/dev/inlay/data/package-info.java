/** Labelled images: datasets on disk, generated scenes, augmentation and batches made ahead. */
@NullMarked
package dev.inlay.data;

import org.jspecify.annotations.NullMarked;
