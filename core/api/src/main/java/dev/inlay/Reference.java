package dev.inlay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another implementation of a technique, as far as {@code inlay verify} must know it: what its
 * options are called, and its parameters.
 *
 * <p>{@code stages} is a spec, or part of one, with options of the reference between braces: {@code
 * ppm(bins={pool_scales=[1, 2, 3, 6]}, channels={channels}) | fcn}. What follows an equals sign is
 * the value where a configuration names none. Options in dictionaries have dots: {@code
 * {loss.weight}}; {@code {*blocks}} is a list's items without its brackets. {@code {levels}} is the
 * number of maps that the stages get, {@code {earlier}} one less, {@code {map}} the place of an
 * auxiliary or coarse head's map, counted from the last.
 *
 * @param type what the reference is called: mmsegmentation's {@code type} of a head, neck or
 *     backbone, two of them joined by a plus in a cascade; for others the source file and the
 *     class, {@code spnet.py:SPHead}
 * @param stages the spec
 * @param part what is compared, if it is less than what the stages make
 * @param words options of the reference whose values are written otherwise here
 * @param only the values, of those options that are no options here, with which both are the same;
 *     the first is the reference's default
 * @param ignored options that change nothing of what is compared
 * @param renamed beginnings of the reference's parameter names, and what they are here
 * @param order which of the reference's inputs is the finest map, and so on; empty for as they come
 * @param <O> the options of the technique
 */
public record Reference<O extends Record>(
    String type,
    String stages,
    @Nullable Part<O> part,
    Map<String, Map<String, String>> words,
    Map<String, List<String>> only,
    List<String> ignored,
    Map<String, String> renamed,
    List<Integer> order) {

  /**
   * Describes a module inside a technique, on the reference's inputs.
   *
   * @param <O> the options of the technique
   */
  @FunctionalInterface
  public interface Part<O extends Record> {

    /** What the module makes of the maps, in the order of the reference's outputs. */
    List<Tensor> build(O options, Features input, Scope scope);

    /**
     * The same for a module that depends on what is no option of the technique.
     *
     * @param theirs all options of the reference that its configuration names, as a spec would
     *     write them
     */
    default List<Tensor> build(O options, Map<String, String> theirs, Features input, Scope scope) {
      return build(options, input, scope);
    }
  }

  /** A reference whose options these stages have. */
  public static <O extends Record> Reference<O> of(String type, String stages) {
    return new Reference<>(type, stages, null, Map.of(), Map.of(), List.of(), Map.of(), List.of());
  }

  /** A reference of a module inside a technique, which options of this one stage build. */
  public static <O extends Record> Reference<O> of(String type, String stage, Part<O> part) {
    return new Reference<>(type, stage, part, Map.of(), Map.of(), List.of(), Map.of(), List.of());
  }

  /** Says how the values of an option are written here. */
  public Reference<O> saying(String option, Map<String, String> here) {
    return new Reference<>(
        type, stages, part, with(words, option, here), only, ignored, renamed, order);
  }

  /**
   * Says which value an option must have because there is no such option here.
   *
   * @param preset the reference's default
   * @param allowed the value here
   */
  public Reference<O> only(String option, String preset, String allowed) {
    List<String> values = List.of(preset, allowed);
    return new Reference<>(
        type, stages, part, words, with(only, option, values), ignored, renamed, order);
  }

  /** Names options that change nothing of what is compared. */
  public Reference<O> ignoring(String... options) {
    List<String> more = new ArrayList<>(ignored);
    more.addAll(List.of(options));
    return new Reference<>(type, stages, part, words, only, more, renamed, order);
  }

  /** Says what parameters are called here whose names begin so. */
  public Reference<O> renaming(String theirs, String ours) {
    return new Reference<>(
        type, stages, part, words, only, ignored, with(renamed, theirs, ours), order);
  }

  /** Says which of the reference's inputs is the finest map, and so on. */
  public Reference<O> taking(Integer... inputs) {
    return new Reference<>(type, stages, part, words, only, ignored, renamed, List.of(inputs));
  }

  private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
    Map<String, T> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
