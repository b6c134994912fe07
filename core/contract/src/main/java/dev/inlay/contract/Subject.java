package dev.inlay.contract;

import dev.inlay.Decoder;
import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.Technique;
import dev.inlay.spec.Techniques;
import dev.inlay.spec.TechniquesBuilder;
import dev.inlay.standard.GivenClassifier;
import dev.inlay.standard.GivenMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The technique to be checked, with what is known about it.
 *
 * @param techniques all techniques that specs can name: this one, the stand-ins {@code given} and
 *     {@code given-classifier}, and others that it may stand beside
 * @param samples options to try, as specs write them between parentheses
 * @param refused options that must be refused by the name of the first of them
 * @param synonyms options that must equal a shorter form of them
 * @param sizes heights and widths of images; the first gives maps of even sizes, the second of odd
 *     ones
 * @param runsOnLists for an optimizer, whether its rule must work element by element; empty if
 *     either is right
 * @param guessed whether the samples after the first are variations that the author has not named
 */
public record Subject(
    Technique<?> technique,
    Techniques techniques,
    List<String> samples,
    List<String> refused,
    Map<String, String> synonyms,
    List<int[]> sizes,
    Optional<Boolean> runsOnLists,
    boolean guessed) {

  /** The sizes of images where the technique allows them. */
  public static final List<int[]> SMALL = List.of(new int[] {64, 128}, new int[] {83, 69});

  public Subject {
    samples = List.copyOf(samples);
    refused = List.copyOf(refused);
    synonyms = Map.copyOf(synonyms);
    sizes = List.copyOf(sizes);
  }

  /**
   * A technique about which nothing is known but what it says itself: its samples are its defaults
   * with small numbers of channels, and variations of them.
   *
   * @param entries the techniques that it may stand beside
   */
  public static Subject of(Technique<?> technique, List<Techniques.Entry> entries) {
    Subject bare =
        new Subject(
            technique,
            withStandIns(entries),
            List.of(""),
            List.of(),
            Map.of(),
            SMALL,
            Optional.empty(),
            true);
    if (technique instanceof Objective || technique instanceof Optimizer) {
      return bare.withSamples(Samples.varied(bare));
    }
    Subject sized = bare.withSizes(Crops.accepted(bare));
    return sized.withSamples(Samples.varied(sized));
  }

  /** Techniques with the stand-ins that complete one of them to a network. */
  public static Techniques withStandIns(List<Techniques.Entry> entries) {
    List<Techniques.Entry> all = new ArrayList<>();
    all.add(new Techniques.Entry(new GivenMaps(), "contract"));
    all.add(new Techniques.Entry(new GivenClassifier(), "contract"));
    all.addAll(entries);
    TechniquesBuilder techniques = new TechniquesBuilder();
    techniques.offerAll(all); // Of two that have one name, the first has it.
    return techniques.build("");
  }

  private Subject withSamples(List<String> others) {
    return new Subject(
        technique, techniques, others, refused, synonyms, sizes, runsOnLists, guessed);
  }

  private Subject withSizes(List<int[]> others) {
    return new Subject(
        technique, techniques, samples, refused, synonyms, others, runsOnLists, guessed);
  }

  /** The technique with options, as a spec writes a stage. */
  String stage(String options) {
    return technique.name() + (options.isEmpty() ? "" : "(" + options + ")");
  }

  /** Whether specs end with the technique. */
  boolean isDecoder() {
    return technique instanceof Decoder;
  }
}
