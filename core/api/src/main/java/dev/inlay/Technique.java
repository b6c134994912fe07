package dev.inlay;

import java.util.List;
import java.util.Map;

/**
 * One paper technique: a pure description of what it computes, found by name.
 *
 * <p>A technique is stateless and has a public constructor without arguments; one line in {@code
 * META-INF/services/dev.inlay.Technique} makes it known. Implement one of the kinds below.
 *
 * @param <O> the options: a public record whose components are {@code int}, {@code double}, {@code
 *     boolean}, {@code String}, an enum, or a {@code List} of these, each with an {@link Option}
 *     meaning and checked in the compact constructor with {@link Check}
 */
public sealed interface Technique<O extends Record>
    permits Backbone, ContextModule, Decoder, Objective {

  /** The name in specs: lower case, digits and hyphens, unique among all techniques. */
  String name();

  /** What it computes, in one sentence. */
  String summary();

  /** Where it was published. */
  Paper paper();

  /** The options as they are when a spec names none: the paper's. */
  O defaults();

  /** A whole spec, or for an objective a loss, that uses this technique well. */
  String example();

  /**
   * Short forms: another name for this technique with some options set, such as {@code resnet50}
   * for {@code resnet(depth=50)}.
   */
  default Map<String, String> shortForms() {
    return Map.of();
  }

  /** Whole networks under names people know, such as {@code pspnet_r50-d8}. */
  default Map<String, String> presets() {
    return Map.of();
  }

  /** Other implementations that {@code inlay verify} compares this one with. */
  default List<Reference<O>> references() {
    return List.of();
  }
}
