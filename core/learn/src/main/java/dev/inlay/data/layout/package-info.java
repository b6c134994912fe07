/** Folders in the forms in which public datasets come, and the dataset.yaml that reads them. */
@NullMarked
package dev.inlay.data.layout;

import org.jspecify.annotations.NullMarked;
