/**
 * mmsegmentation: reads its configurations as networks and the options that its parts share, and
 * knows the names and metadata of its checkpoints. Nothing imports this package; {@link
 * dev.inlay.reference.Projects} finds it as a service.
 */
@NullMarked
package dev.inlay.project.mmsegmentation;

import org.jspecify.annotations.NullMarked;
