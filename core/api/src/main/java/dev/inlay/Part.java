package dev.inlay;

import java.util.List;
import java.util.Map;

/**
 * A module inside a technique that can be described alone and compared with one class of another
 * implementation. A technique lists its parts by name in {@link Technique#parts()}; a {@link
 * Reference} refers to a part by that name.
 *
 * @param <O> the options of the technique
 */
@FunctionalInterface
public interface Part<O extends Record> {

  /**
   * Describes the module.
   *
   * @param input the reference's inputs as maps (B,C,h,w), finest first
   * @return the outputs, in the reference's order
   */
  List<Tensor> build(O options, Features input, Scope scope);

  /**
   * Describes a module that depends on options that only the reference has.
   *
   * @param theirs all options of the reference's configuration by name, in the notation of specs
   */
  default List<Tensor> build(O options, Map<String, String> theirs, Features input, Scope scope) {
    return build(options, input, scope);
  }
}
