/**
 * Networks of other projects: what their parts, options and parameters are here, imports and
 * exports. What is known of one project alone stands in a package below {@code dev.inlay.project},
 * which this one finds as a service and never imports.
 */
@NullMarked
package dev.inlay.reference;

import org.jspecify.annotations.NullMarked;
