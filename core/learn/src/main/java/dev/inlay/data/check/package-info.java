/** What is wrong with a dataset, found before a training finds it: files, labels, classes. */
@NullMarked
package dev.inlay.data.check;

import org.jspecify.annotations.NullMarked;
