package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import java.util.ArrayList;
import java.util.List;

/** Makes a network of the stages of a spec: finds the techniques and binds the options. */
final class SpecReader {
  private final Source source;
  private final Techniques techniques;
  private final StageBinder binder;

  private SpecReader(Source source, Techniques techniques) {
    this.source = source;
    this.techniques = techniques;
    this.binder = new StageBinder(source, techniques);
  }

  /** Reads the one-line form, a preset's name, or YAML that starts with a hyphen. */
  static NetworkSpec read(String text, String origin, Techniques techniques) {
    Techniques.Named preset = techniques.presets().get(text);
    if (preset != null) {
      return preset(preset, techniques);
    }
    return text.startsWith("-")
        ? readYaml(text, origin, techniques)
        : readText(text, origin, techniques);
  }

  static NetworkSpec readYaml(String text, String origin, Techniques techniques) {
    Source source = Source.yaml(text, origin);
    return new SpecReader(source, techniques).network(YamlReader.read(source));
  }

  private static NetworkSpec readText(String text, String origin, Techniques techniques) {
    if (text.isEmpty()) {
      throw new InlayException("The spec is empty; " + Kind.RULE);
    }
    Source source = Source.text(text, origin);
    return new SpecReader(source, techniques).network(TextReader.read(source));
  }

  /** Reads stages that need not be a whole network, in any order of kinds. */
  static List<NetworkSpec.Stage<?>> stages(String text, Techniques techniques) {
    Source source = Source.text(text, "");
    SpecReader reader = new SpecReader(source, techniques);
    List<NetworkSpec.Stage<?>> bound = new ArrayList<>();
    for (ParsedStage stage : TextReader.read(source)) {
      bound.add(reader.stage(stage));
    }
    return bound;
  }

  private NetworkSpec.Stage<?> stage(ParsedStage stage) {
    Technique<?> technique =
        techniques
            .find(stage.name())
            .orElseThrow(
                () -> source.error(stage.place(), unknown(stage, Kind.CONTEXT_MODULE, false)));
    return binder.bind(technique, stage);
  }

  private static NetworkSpec preset(Techniques.Named preset, Techniques techniques) {
    try {
      return readText(preset.spec().strip(), "", techniques);
    } catch (InlayException e) {
      throw StageBinder.broken("preset", preset, e);
    }
  }

  private NetworkSpec network(List<ParsedStage> stages) {
    if (stages.isEmpty()) {
      throw new InlayException("The spec is empty; " + Kind.RULE);
    }
    List<NetworkSpec.Stage<?>> bound = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      bound.add(stage(stages.get(i), Kind.at(i, stages.size()), stages.size() == 1));
    }
    return new NetworkSpec(bound, techniques);
  }

  private NetworkSpec.Stage<?> stage(ParsedStage stage, Kind kind, boolean alone) {
    Technique<?> technique =
        techniques
            .find(stage.name())
            .orElseThrow(() -> source.error(stage.place(), unknown(stage, kind, alone)));
    if (alone) {
      throw source.error(stage.place(), Kind.alone(stage.name()));
    }
    if (Kind.of(technique) != kind) {
      throw source.error(stage.place(), kind.misplaced(stage.name()));
    }
    return binder.bind(technique, stage);
  }

  private String unknown(ParsedStage stage, Kind kind, boolean alone) {
    String name = stage.name();
    if (techniques.presets().containsKey(name)) {
      return "'%s' is a preset, a whole network; it stands alone and without options."
          .formatted(name);
    }
    boolean likePreset = alone && name.contains("_") && stage.options().isEmpty();
    return likePreset ? techniques.unknownPreset(name) : techniques.unknown(name, kind);
  }
}
