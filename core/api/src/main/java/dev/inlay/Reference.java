package dev.inlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counterpart of a technique in another implementation: the part, its options and its parameter
 * names. Imports, exports and {@code inlay verify} read references.
 *
 * <p>References stand in the section {@code references} of the resource {@code <name>.yaml} beside
 * the technique's class, or in {@link Technique#references()}. An example in YAML, with the Java
 * method for each line:
 *
 * <pre>
 * references:
 *   - project: mmsegmentation             # and one of backbone, neck, head, auxiliary, module;
 *     head: EncHead                       #   a list of heads is a cascade
 *     is: encoding(channels={channels}, laterals={add_lateral=false}) | fcn    # of(…, stages)
 *     words: {add_lateral: {false: 0, true: "{earlier}"}}                      # saying
 *     only: {kernel: 3, concat: {must: false, default: true}}                  # only
 *     ignore: [loss_se_decode]                                                 # ignoring
 *     rename: {conv5.: bottleneck.}                                            # renaming
 *   - file: encnet.py                     # a class of the authors
 *     class: EncModule
 *     is: encoding(codes={ncodes=32})
 *     part: module                        # compared alone; one of Technique.parts()
 *     inputs: [1, 2, 0]                                                        # taking
 * </pre>
 *
 * <p><b>The stages</b> are a spec, or part of one, with options of the reference between braces:
 *
 * <table>
 * <caption>What may stand between braces</caption>
 * <tr><td>{@code {channels}}</td><td>the option's value; a configuration must have it</td></tr>
 * <tr><td>{@code {ratio=4}}</td><td>the option's value; 4 if a configuration lacks it</td></tr>
 * <tr><td>{@code {loss.weight}}</td><td>an option inside a dictionary</td></tr>
 * <tr><td>{@code {*blocks}}</td><td>the items of a list without its brackets</td></tr>
 * <tr><td>{@code {levels}}</td><td>the number of the stages' input maps</td></tr>
 * <tr><td>{@code {earlier}}</td><td>the number of the stages' input maps before the last</td></tr>
 * <tr><td>{@code {map}}</td><td>the position of the input map of an auxiliary head, or of a cascade's coarse head; -1 is the last</td></tr>
 * </table>
 *
 * @param counterpart the part of the other implementation
 * @param stages the spec
 * @param part the part of the technique that is compared alone; null for the stages as a whole
 * @param words for options whose values differ in notation: the spec's text for each value of the
 *     reference, and for {@code none} if the option may be null; where that is the only word, other
 *     values stay as they are
 * @param only options of the reference that no stage has, with the one supported value
 * @param ignored options of the reference that do not change the compared values
 * @param renamed prefixes of the reference's parameter names, with the stages' prefixes; several
 *     with the same prefix of the stages are copies of the same parameters, the first the main one
 * @param inputs positions of the reference's inputs, finest map first; empty if the reference has
 *     that order
 */
public record Reference(
    Counterpart counterpart,
    String stages,
    @Nullable String part,
    Map<String, Map<String, String>> words,
    Map<String, Only> only,
    List<String> ignored,
    Map<String, String> renamed,
    List<Integer> inputs) {

  /**
   * The only supported value of an option of the reference.
   *
   * @param preset the value if a configuration lacks the option
   * @param must the value with which both compute the same
   */
  public record Only(String preset, String must) {}

  public Reference {
    words = ordered(words);
    only = ordered(only);
    ignored = List.copyOf(ignored);
    renamed = ordered(renamed);
    inputs = List.copyOf(inputs);
  }

  /** A reference for the stages of a spec. */
  public static Reference of(Counterpart counterpart, String stages) {
    return new Reference(
        counterpart, stages, null, Map.of(), Map.of(), List.of(), Map.of(), List.of());
  }

  /**
   * The same reference for one part of the only stage's technique, by its name in {@link
   * Technique#parts()}.
   */
  public Reference part(String name) {
    return new Reference(counterpart, stages, name, words, only, ignored, renamed, inputs);
  }

  /** Adds the spec's text for each value of an option. */
  public Reference saying(String option, Map<String, String> here) {
    return new Reference(
        counterpart, stages, part, with(words, option, here), only, ignored, renamed, inputs);
  }

  /**
   * Adds the only supported value of an option that no stage has.
   *
   * @param preset the value if a configuration lacks the option
   * @param must the value with which both compute the same
   */
  public Reference only(String option, String preset, String must) {
    Map<String, Only> more = with(only, option, new Only(preset, must));
    return new Reference(counterpart, stages, part, words, more, ignored, renamed, inputs);
  }

  /** Adds options that do not change the compared values. */
  public Reference ignoring(String... options) {
    List<String> more = new ArrayList<>(ignored);
    more.addAll(List.of(options));
    return new Reference(counterpart, stages, part, words, only, more, renamed, inputs);
  }

  /** Adds the stages' prefix for parameter names that begin with a prefix of the reference. */
  public Reference renaming(String theirs, String ours) {
    Map<String, String> more = with(renamed, theirs, ours);
    return new Reference(counterpart, stages, part, words, only, ignored, more, inputs);
  }

  /** Sets the positions of the reference's inputs, finest map first. */
  public Reference taking(Integer... inputs) {
    return new Reference(counterpart, stages, part, words, only, ignored, renamed, List.of(inputs));
  }

  private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
    Map<String, T> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
