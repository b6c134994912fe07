/**
 * Imports and exports networks of other projects: maps their parts, options and parameters to
 * Inlay's. Knowledge of a single project is in a package below {@code dev.inlay.project}, which
 * this package finds as a service and never imports.
 */
@NullMarked
package dev.inlay.reference;

import org.jspecify.annotations.NullMarked;
