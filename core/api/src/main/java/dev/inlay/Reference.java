package dev.inlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a technique is in another implementation: which part, what its options and its parameters
 * are called. Imports, exports and {@code inlay verify} read it.
 *
 * <p>References are data and stand in the section {@code references} of the resource beside the
 * technique's class, {@code <name>.yaml}; a technique may give them in {@link
 * Technique#references()} instead. One in YAML, with the method that says the same in Java:
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
 * <tr><td>{@code {channels}}</td><td>the option's value, which a configuration must name</td></tr>
 * <tr><td>{@code {ratio=4}}</td><td>the same; 4 where a configuration does not name it</td></tr>
 * <tr><td>{@code {loss.weight}}</td><td>an option inside a dictionary</td></tr>
 * <tr><td>{@code {*blocks}}</td><td>the items of a list without its brackets</td></tr>
 * <tr><td>{@code {levels}}</td><td>how many maps the stages get</td></tr>
 * <tr><td>{@code {earlier}}</td><td>how many maps the stages get before the last</td></tr>
 * <tr><td>{@code {map}}</td><td>which map an auxiliary head, or the coarse head of a cascade, reads,
 *     counted from the last, which is -1</td></tr>
 * </table>
 *
 * @param counterpart the part of the other implementation
 * @param stages the spec
 * @param part the part of the technique that is compared alone; null for the whole stages
 * @param words options of the reference whose values a spec writes otherwise: what each value is in
 *     the spec
 * @param only options of the reference that no stage has: the value with which both compute the
 *     same
 * @param ignored options that change nothing of what is compared
 * @param renamed beginnings of the reference's parameter names, and what they are in the stages
 * @param inputs which of the reference's inputs is the finest map, which the next, and so on; empty
 *     for the order that they have
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
   * The one value that an option of the reference may have.
   *
   * @param preset its value where a configuration does not name it
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

  /** A reference that these stages compute. */
  public static Reference of(Counterpart counterpart, String stages) {
    return new Reference(
        counterpart, stages, null, Map.of(), Map.of(), List.of(), Map.of(), List.of());
  }

  /**
   * The same for a part of the only stage's technique, by its name in {@link Technique#parts()}.
   */
  public Reference part(String name) {
    return new Reference(counterpart, stages, name, words, only, ignored, renamed, inputs);
  }

  /** Says how a spec writes the values of an option. */
  public Reference saying(String option, Map<String, String> here) {
    return new Reference(
        counterpart, stages, part, with(words, option, here), only, ignored, renamed, inputs);
  }

  /**
   * Says which value an option must have that no stage has.
   *
   * @param preset its value where a configuration does not name it
   * @param must the value with which both compute the same
   */
  public Reference only(String option, String preset, String must) {
    Map<String, Only> more = with(only, option, new Only(preset, must));
    return new Reference(counterpart, stages, part, words, more, ignored, renamed, inputs);
  }

  /** Names options that change nothing of what is compared. */
  public Reference ignoring(String... options) {
    List<String> more = new ArrayList<>(ignored);
    more.addAll(List.of(options));
    return new Reference(counterpart, stages, part, words, only, more, renamed, inputs);
  }

  /** Says what parameters are called in the stages whose names begin so in the reference. */
  public Reference renaming(String theirs, String ours) {
    Map<String, String> more = with(renamed, theirs, ours);
    return new Reference(counterpart, stages, part, words, only, ignored, more, inputs);
  }

  /** Says which of the reference's inputs is the finest map, which the next, and so on. */
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
