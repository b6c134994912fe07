/** High-resolution networks, whose branches from fine to coarse work side by side. */
@NullMarked
package dev.inlay.plugins.hrnet;

import org.jspecify.annotations.NullMarked;
