/**
 * The contract that every technique keeps, as rules: each has a name, tries something, and says
 * what was found and what an author should do. {@link dev.inlay.contract.Contract} is the way in.
 * The package knows no test framework and prints nothing; tests and commands enter.
 */
@NullMarked
package dev.inlay.contract;

import org.jspecify.annotations.NullMarked;
