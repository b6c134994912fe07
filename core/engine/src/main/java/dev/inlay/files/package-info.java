/**
 * Files and folders on the disk: atomic writes, creation of folders, kinds of files by their first
 * bytes, reasons of errors. Every package may enter.
 */
@NullMarked
package dev.inlay.files;

import org.jspecify.annotations.NullMarked;
