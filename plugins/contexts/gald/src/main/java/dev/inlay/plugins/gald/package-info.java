/** Global aggregation, then local distribution. */
@NullMarked
package dev.inlay.plugins.gald;

import org.jspecify.annotations.NullMarked;
