package dev.inlay.spec;

import dev.inlay.OptionsReader;
import dev.inlay.Technique;
import java.util.List;

/** Reads options for {@link Technique#options}: what stands between the parentheses of a stage. */
public final class TextOptions implements OptionsReader {

  @Override
  public <O extends Record> O read(Class<? extends Technique<O>> technique, String text) {
    OptionsRecord<O> record = OptionsRecord.of(technique);
    if (text.isBlank()) {
      return record.defaults();
    }
    Source source = Source.text(record.name() + "(" + text + ")", "");
    List<ParsedStage> stages = TextReader.read(source);
    if (stages.size() > 1) {
      throw source.error(
          stages.get(1).place(),
          "A stage follows the options of '%s'; give the options alone.".formatted(record.name()));
    }
    return OptionsBinder.bind(record, stages.get(0), source);
  }
}
