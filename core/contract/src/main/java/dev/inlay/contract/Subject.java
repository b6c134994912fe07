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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The technique to be checked, with what is known about it. It keeps the networks that its rules
 * try, so that they are assembled once; a subject is for one thread.
 */
public final class Subject {

  /** The sizes of images where the technique allows them. */
  public static final List<int[]> SMALL = List.of(new int[] {64, 128}, new int[] {83, 69});

  private final Technique<?> technique;
  private final Techniques techniques;
  private final List<String> samples;
  private final List<String> refused;
  private final Map<String, String> synonyms;
  private final List<int[]> sizes;
  private final Optional<Boolean> runsOnLists;
  private final boolean guessed;
  private final Map<String, TrialNetwork> networks = new HashMap<>();

  /**
   * A technique about which this is known.
   *
   * @param techniques all techniques that specs can name: this one, the stand-ins {@code given} and
   *     {@code given-classifier}, and others that it may stand beside
   * @param samples options to try, as specs write them between parentheses
   * @param refused options that must be refused by the name of the first of them
   * @param synonyms options that must equal a shorter form of them
   * @param sizes heights and widths of images; the first gives maps of even sizes, the second of
   *     odd ones
   * @param runsOnLists for an optimizer, whether its rule must work element by element; empty if
   *     either is right
   * @param guessed whether the samples after the first are variations that the author has not named
   */
  public Subject(
      Technique<?> technique,
      Techniques techniques,
      List<String> samples,
      List<String> refused,
      Map<String, String> synonyms,
      List<int[]> sizes,
      Optional<Boolean> runsOnLists,
      boolean guessed) {
    this.technique = technique;
    this.techniques = techniques;
    this.samples = List.copyOf(samples);
    this.refused = List.copyOf(refused);
    this.synonyms = Map.copyOf(synonyms);
    this.sizes = List.copyOf(sizes);
    this.runsOnLists = runsOnLists;
    this.guessed = guessed;
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

  /** The technique. */
  public Technique<?> technique() {
    return technique;
  }

  /** All techniques that specs can name. */
  public Techniques techniques() {
    return techniques;
  }

  /** Options to try, as specs write them between parentheses. */
  public List<String> samples() {
    return samples;
  }

  /** Options that must be refused by the name of the first of them. */
  public List<String> refused() {
    return refused;
  }

  /** Options that must equal a shorter form of them. */
  public Map<String, String> synonyms() {
    return synonyms;
  }

  /** Heights and widths of images. */
  public List<int[]> sizes() {
    return sizes;
  }

  /** For an optimizer, whether its rule must work element by element. */
  public Optional<Boolean> runsOnLists() {
    return runsOnLists;
  }

  /** Whether the samples after the first are variations that the author has not named. */
  public boolean guessed() {
    return guessed;
  }

  /**
   * The network around the technique with these options, the same at each call: its parameters and
   * its program are then computed once for all rules. Rules that compare two descriptions describe
   * the second one by {@link TrialNetwork#of}.
   */
  TrialNetwork network(String options) {
    TrialNetwork known = networks.get(options);
    if (known == null) {
      known = TrialNetwork.of(this, options);
      networks.put(options, known);
    }
    return known;
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
