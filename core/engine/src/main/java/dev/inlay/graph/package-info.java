/** The described network: nodes, the table of operators, and the parameters they read. */
@NullMarked
package dev.inlay.graph;

import org.jspecify.annotations.NullMarked;
