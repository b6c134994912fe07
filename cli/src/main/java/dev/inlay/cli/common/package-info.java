/**
 * What several rooms of commands use: the workbench, shared options, progress, tables and numbers
 * as text. Every room may enter; this package imports none of them.
 */
@NullMarked
package dev.inlay.cli.common;

import org.jspecify.annotations.NullMarked;
