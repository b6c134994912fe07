package dev.inlay;

import java.util.List;
import java.util.Map;

/**
 * A module inside a technique, described alone, so that it can be compared with a class of its own
 * in another implementation. A technique offers its parts by name in {@link Technique#parts()}, and
 * a {@link Reference} names one.
 *
 * @param <O> the options of the technique
 */
@FunctionalInterface
public interface Part<O extends Record> {

  /**
   * Describes the module.
   *
   * @param input the inputs of the reference as maps (B,C,h,w), the finest first
   * @return its outputs, in the order of the reference's
   */
  List<Tensor> build(O options, Features input, Scope scope);

  /**
   * Describes a module that depends on options of the reference which the technique does not have.
   *
   * @param theirs all options in the reference's configuration by name, as a spec would write them
   */
  default List<Tensor> build(O options, Map<String, String> theirs, Features input, Scope scope) {
    return build(options, input, scope);
  }
}
