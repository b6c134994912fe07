/**
 * The rewritings between a described graph and a program, one a file. They read and make nodes and
 * know nothing of any backend: what an operator is called there is none of their business.
 */
@NullMarked
package dev.inlay.compile.pass;

import org.jspecify.annotations.NullMarked;
