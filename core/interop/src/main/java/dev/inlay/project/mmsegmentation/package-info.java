/**
 * mmsegmentation: its configurations as networks here, the options that its parts share, the names
 * and texts of its checkpoints. Nothing imports this package; {@link dev.inlay.reference.Projects}
 * finds it as a service.
 */
@NullMarked
package dev.inlay.project.mmsegmentation;

import org.jspecify.annotations.NullMarked;
