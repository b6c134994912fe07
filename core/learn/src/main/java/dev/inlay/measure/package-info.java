/** Run time and memory of networks. No other package of the libraries imports this one. */
@NullMarked
package dev.inlay.measure;

import org.jspecify.annotations.NullMarked;
