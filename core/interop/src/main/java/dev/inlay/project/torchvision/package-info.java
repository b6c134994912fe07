/**
 * torchvision: the names in the checkpoints of its segmentation models. Nothing imports this
 * package; {@link dev.inlay.reference.Projects} finds it as a service.
 */
@NullMarked
package dev.inlay.project.torchvision;

import org.jspecify.annotations.NullMarked;
