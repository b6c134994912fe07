package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.files.Sentence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network as techniques with options: {@code resnet50 | aspp(rates=[6, 12, 18]) | fcn}.
 *
 * <p>The one-line form:
 *
 * <pre>
 *   spec   := stage ('|' stage)*
 *   stage  := name ['(' [option (',' option)*] ')']     name of a technique or short form
 *   option := key '=' value                             key of a component of the options record
 *   value  := word | "'" text "'" | '[' [word (',' word)*] ']'
 *   word   := (letter | digit | '-' | '_' | '.' | '+')+
 * </pre>
 *
 * <p>What a word means depends on the option: a whole number, a number, {@code true} or {@code
 * false}, text, or a constant of an enum in lower case with hyphens. Text with other characters
 * stands between single quotes, a quote in it twice. Spaces and line breaks may stand anywhere
 * between.
 *
 * <p>YAML is the same tree, a list of stages: {@code - fcn} or {@code - aspp: {rates: [6, 12]}}.
 *
 * <p>The first stage is a backbone, the last a decoder, those between are context modules.
 *
 * <p>Two specs are equal if their stages are.
 *
 * @param stages at least a backbone and a decoder
 * @param techniques where the stages were found, and where the objectives are found that they name
 *     for their side outputs
 */
public record NetworkSpec(List<Stage<?>> stages, Techniques techniques) {

  private static final int LONGEST = 80;

  /**
   * A technique with its options. Two stages are equal if the names and the options are.
   *
   * @param <O> the options record
   */
  public record Stage<O extends Record>(Technique<O> technique, O options) {

    /**
     * A stage of a technique.
     *
     * @throws InlayException that names the option, its value and the rule, if the options break a
     *     rule that their annotations state
     */
    public Stage {
      String name = technique.name();
      OptionsRecord.of(technique)
          .broken(options)
          .ifPresent(
              reason -> {
                throw new InlayException(Sentence.ended(name + "." + reason));
              });
    }

    /** A stage of a technique with its default options. */
    public static <O extends Record> Stage<O> of(Technique<O> technique) {
      return new Stage<>(technique, OptionsRecord.of(technique).defaults());
    }

    /**
     * The stage with one option at its default; unchanged, if the technique refuses the default.
     */
    public Stage<O> withDefault(String option) {
      OptionsRecord<O> record = OptionsRecord.of(technique);
      Object[] values =
          record.components().stream()
              .map(
                  each ->
                      record.get(each, each.name().equals(option) ? record.defaults() : options))
              .toArray();
      try {
        return new Stage<>(technique, record.create(values));
      } catch (OptionsRecord.Refused e) {
        return this;
      }
    }

    /** The stage with all its options: {@code sgd(momentum=0.9, decay=5.0e-4)}. */
    public String inFull() {
      OptionsRecord<O> record = OptionsRecord.of(technique);
      List<String> all = record.print(options, "=", Quotes::text, option -> true);
      return technique.name() + "(" + String.join(", ", all) + ")";
    }

    /** The stage in its shortest form: {@code resnet50(stride=8)}. */
    @Override
    public String toString() {
      return SpecPrinter.text(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Stage<?> stage
          && technique.name().equals(stage.technique.name())
          && options.equals(stage.options);
    }

    @Override
    public int hashCode() {
      return 31 * technique.name().hashCode() + options.hashCode();
    }
  }

  public NetworkSpec {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new InlayException("The spec is empty; " + Kind.RULE);
    }
    if (stages.size() == 1) {
      throw new InlayException(Kind.alone(stages.get(0).technique().name()));
    }
    for (int i = 0; i < stages.size(); i++) {
      Technique<?> technique = stages.get(i).technique();
      Kind kind = Kind.at(i, stages.size());
      if (Kind.of(technique) != kind) {
        throw new InlayException(kind.misplaced(technique.name()));
      }
    }
  }

  /**
   * Reads a spec: the one-line form, the name of a preset, YAML (a text that starts with {@code
   * -}), or the path of a YAML file (one line that ends in .yaml or .yml).
   *
   * @throws InlayException that says what is wrong and shows the place
   */
  public static NetworkSpec parse(String text, Techniques techniques) {
    String spec = text.strip();
    return isYamlFile(spec)
        ? SpecFile.read(spec, techniques)
        : SpecReader.read(spec, "", techniques);
  }

  /**
   * Reads a spec that stands in a file, such as a model's metadata: the one-line form, the name of
   * a preset, or YAML. No file is opened, whatever the text is, because it may come from anywhere.
   *
   * @throws InlayException that says what is wrong and shows the place
   */
  public static NetworkSpec ofText(String text, Techniques techniques) {
    String spec = text.strip();
    if (isYamlFile(spec)) {
      throw new InlayException(
          "The spec is '%s', which looks like the path of a file; in a file, a spec must be the network itself. Get the model from its author again."
              .formatted(spec.length() > LONGEST ? spec.substring(0, LONGEST) + "…" : spec));
    }
    return SpecReader.read(spec, "", techniques);
  }

  /**
   * Reads a spec from a UTF-8 file: YAML if it ends in .yaml or .yml or starts with {@code -}, and
   * otherwise the one-line form, which may have line breaks.
   *
   * @throws InlayException that says what is wrong and shows the file and the place
   */
  public static NetworkSpec read(Path file, Techniques techniques) {
    return SpecFile.read(file, techniques);
  }

  /**
   * Reads stages of the one-line form that need not be a whole network: {@code aspp | fcn}, or one
   * technique alone.
   *
   * @throws InlayException that says what is wrong and shows the place
   */
  public static List<Stage<?>> parseStages(String text, Techniques techniques) {
    return SpecReader.stages(text.strip(), techniques);
  }

  /**
   * Reads one stage of a kind that stands outside of networks: {@code sgd(momentum=0.9)}.
   *
   * @throws InlayException that says what is wrong and shows the place
   */
  public static Stage<?> parseStage(String text, Kind kind, Techniques techniques) {
    return SingleReader.read(text.strip(), kind, techniques);
  }

  private static boolean isYamlFile(String spec) {
    return (spec.endsWith(".yaml") || spec.endsWith(".yml"))
        && !spec.startsWith("-")
        && spec.indexOf('|') < 0
        && spec.lines().count() == 1;
  }

  /** The name of the preset that is this network, the first by name; empty if none is. */
  public Optional<String> preset(Techniques techniques) {
    return techniques.presets().values().stream()
        .filter(preset -> isSame(preset, techniques))
        .map(Techniques.Named::name)
        .findFirst();
  }

  private boolean isSame(Techniques.Named preset, Techniques techniques) {
    try {
      return equals(ofText(preset.spec(), techniques));
    } catch (InlayException e) {
      return false; // A broken preset only matters to those who use it.
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkSpec spec && stages.equals(spec.stages);
  }

  @Override
  public int hashCode() {
    return stages.hashCode();
  }

  /** The spec in its shortest form; parsing it gives an equal spec. */
  @Override
  public String toString() {
    return stages.stream().map(Stage::toString).collect(Collectors.joining(" | "));
  }

  /** The spec in YAML, a stage a line; parsing it gives an equal spec. */
  public String toYaml() {
    return stages.stream().map(SpecPrinter::yaml).collect(Collectors.joining("\n", "", "\n"));
  }
}
