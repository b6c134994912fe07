/**
 * The graph of a described network: nodes, the table of operators, parameters. Plugins may not
 * enter, except their tests.
 */
@NullMarked
package dev.inlay.graph;

import org.jspecify.annotations.NullMarked;
