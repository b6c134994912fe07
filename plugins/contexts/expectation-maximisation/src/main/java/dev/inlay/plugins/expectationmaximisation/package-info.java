/** Context from a few fitted bases: EMANet's expectation-maximisation attention. */
@NullMarked
package dev.inlay.plugins.expectationmaximisation;

import org.jspecify.annotations.NullMarked;
