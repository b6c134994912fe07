/**
 * Files and folders on the disk: atomic writes, creation of folders, reasons of errors. Every
 * package may enter.
 */
@NullMarked
package dev.inlay.files;

import org.jspecify.annotations.NullMarked;
