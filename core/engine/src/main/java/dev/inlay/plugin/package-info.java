/**
 * Finding techniques on the class path and in folders of plugin jars, so that one broken jar never
 * harms another.
 */
@NullMarked
package dev.inlay.plugin;

import org.jspecify.annotations.NullMarked;
