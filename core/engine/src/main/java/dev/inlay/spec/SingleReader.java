package dev.inlay.spec;

import dev.inlay.Technique;
import java.util.List;

/** Reads a single stage of a kind that stands outside networks, such as an optimizer. */
final class SingleReader {

  private SingleReader() {}

  static NetworkSpec.Stage<?> read(String text, Kind kind, Techniques techniques) {
    Source source = Source.text(text, "");
    List<ParsedStage> stages = TextReader.read(source);
    if (stages.size() > 1) {
      throw source.error(
          stages.get(1).place(),
          "One %s must stand alone, but a second stage follows.".formatted(kind));
    }
    ParsedStage only = stages.get(0);
    Technique<?> technique =
        techniques
            .find(only.name())
            .orElseThrow(() -> source.error(only.place(), techniques.unknown(only.name(), kind)));
    if (Kind.of(technique) != kind) {
      throw source.error(
          only.place(),
          "'%s' is %s, but must be %s. %s"
              .formatted(
                  only.name(),
                  Kind.of(technique).withArticle(),
                  kind.withArticle(),
                  techniques.all(kind)));
    }
    return new StageBinder(source, techniques).bind(technique, only);
  }
}
