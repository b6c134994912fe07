/** A project that only tests have, to show that one more project touches no other file. */
@NullMarked
package dev.inlay.project.sample;

import org.jspecify.annotations.NullMarked;
