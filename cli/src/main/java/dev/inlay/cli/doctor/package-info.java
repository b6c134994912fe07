/**
 * {@code inlay doctor}: examines the machine, the engine and the plugins. Each {@code Examination}
 * is about one of these. Only the root enters.
 */
@NullMarked
package dev.inlay.cli.doctor;

import org.jspecify.annotations.NullMarked;
