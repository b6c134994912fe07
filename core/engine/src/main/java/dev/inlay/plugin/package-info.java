/**
 * Finds techniques on the class path and in folders of plugin jars. A broken jar is refused with
 * its reason and never affects another jar. Kotlin's standard library may lie beside the plugins.
 */
@NullMarked
package dev.inlay.plugin;

import org.jspecify.annotations.NullMarked;
