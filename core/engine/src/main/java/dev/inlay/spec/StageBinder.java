package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;

/** Binds the written options of a stage over the defaults of its technique or short form. */
final class StageBinder {
  private final Source source;
  private final Techniques techniques;

  StageBinder(Source source, Techniques techniques) {
    this.source = source;
    this.techniques = techniques;
  }

  /** The stage of a technique that was found by the written name. */
  <O extends Record> NetworkSpec.Stage<O> bind(Technique<O> technique, ParsedStage stage) {
    OptionsRecord<O> record = OptionsRecord.of(technique);
    Techniques.Named named = techniques.shortForms().get(stage.name());
    O options =
        named == null
            ? OptionsBinder.bind(record, stage, source)
            : OptionsBinder.bind(open(named, record), stage, source);
    return new NetworkSpec.Stage<>(technique, options);
  }

  private static <O extends Record> ShortForm<O> open(
      Techniques.Named form, OptionsRecord<O> record) {
    try {
      return ShortForm.open(form.name(), form.spec(), record);
    } catch (InlayException e) {
      throw broken("short form", form, e);
    }
  }

  /** The error of a preset or short form that is wrong in the file of its technique. */
  static InlayException broken(String what, Techniques.Named named, InlayException e) {
    return new InlayException(
        "The %s '%s' of %s is broken: %s"
            .formatted(what, named.name(), named.entry(), e.getMessage()),
        e);
  }
}
