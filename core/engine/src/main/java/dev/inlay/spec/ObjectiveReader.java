package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Technique;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an {@link ObjectiveSpec} of written terms. */
final class ObjectiveReader {
  private static final OptionType.Single NUMBER = new OptionType.Fraction();

  private final Source source;
  private final Techniques techniques;

  private ObjectiveReader(Source source, Techniques techniques) {
    this.source = source;
    this.techniques = techniques;
  }

  static ObjectiveSpec read(String text, Techniques techniques) {
    Source source = Source.loss(text);
    ObjectiveReader reader = new ObjectiveReader(source, techniques);
    List<ObjectiveSpec.Term<?>> terms = new ArrayList<>();
    for (ParsedStage.Term term : SumReader.read(source)) {
      terms.add(reader.term(factor(term.factor(), source), term.stage()));
    }
    return new ObjectiveSpec(terms);
  }

  private static double factor(ParsedStage.@Nullable Word word, Source source) {
    if (word == null) {
      return 1;
    }
    Object value = NUMBER.read(word.text());
    if (value == null || (double) value <= 0) {
      throw source.error(
          word.place(),
          "A factor of the loss is %s; it must be a number above 0, as in 0.5*dice."
              .formatted(Source.shown(word.text())));
    }
    return (double) value;
  }

  private ObjectiveSpec.Term<?> term(double factor, ParsedStage stage) {
    Technique<?> technique =
        techniques
            .find(stage.name())
            .orElseThrow(
                () ->
                    source.error(stage.place(), techniques.unknown(stage.name(), Kind.OBJECTIVE)));
    if (technique instanceof Objective<?> objective) {
      return bound(factor, objective, stage);
    }
    throw misplaced(technique, stage);
  }

  private <O extends Record> ObjectiveSpec.Term<O> bound(
      double factor, Objective<O> objective, ParsedStage stage) {
    O options = new StageBinder(source, techniques).bind(objective, stage).options();
    return new ObjectiveSpec.Term<>(factor, objective, options);
  }

  private InlayException misplaced(Technique<?> technique, ParsedStage stage) {
    return source.error(
        stage.place(),
        "'%s' is a %s, but a loss is made of objectives. Objectives: %s."
            .formatted(
                stage.name(),
                Kind.of(technique),
                String.join(", ", techniques.names(Kind.OBJECTIVE))));
  }
}
