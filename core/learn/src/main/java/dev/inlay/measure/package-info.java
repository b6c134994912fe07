/** How fast networks run and how much memory they take. Nothing else in the libraries enters. */
@NullMarked
package dev.inlay.measure;

import org.jspecify.annotations.NullMarked;
