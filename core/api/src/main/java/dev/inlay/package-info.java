/**
 * The API for authors of techniques: the kinds of techniques, symbolic tensors, and the scope that
 * names parameters. A technique describes operations; core compiles and runs them. Every module may
 * enter.
 *
 * <p>All public types of this package are api, and nothing else of Inlay is: plugins see no other
 * package of it. A jar that was built with a version of the api runs with every later version of
 * the same major version.
 *
 * <ul>
 *   <li>Authors implement the kinds of {@link Technique}, {@link Preparation}, {@link RoundTrip},
 *       {@link Part} and {@link Init}. A later version adds methods to them only with a default.
 *   <li>Authors call, and Inlay implements, what is marked {@link Provided}: {@link Tensor}, {@link
 *       Scope}, {@link Counterpart}. A later version may add methods to them.
 *   <li>Records such as {@link Features} and {@link Window} keep their components; annotations such
 *       as {@link Option} get new elements only with a default.
 * </ul>
 *
 * <p>{@code src/api} has the text of each version's api, with which the build compares.
 */
@NullMarked
package dev.inlay;

import org.jspecify.annotations.NullMarked;
