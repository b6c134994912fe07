package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.spec.NetworkSpec.Stage;
import java.util.List;

/** Describes the options of techniques for readers. */
public final class Options {

  private Options() {}

  /**
   * The options in the order of the record.
   *
   * @throws InlayException if the technique's options record cannot be read; it says why
   */
  public static List<OptionDescription> describe(Technique<?> technique) {
    return describe(OptionsRecord.of(technique));
  }

  /** The stage with one option at its default; as it is, if the technique refuses that. */
  public static <O extends Record> Stage<O> withDefault(Stage<O> stage, String option) {
    OptionsRecord<O> record = OptionsRecord.of(stage.technique());
    Object[] values =
        record.components().stream()
            .map(
                each ->
                    record.get(
                        each, each.name().equals(option) ? record.defaults() : stage.options()))
            .toArray();
    try {
      return new Stage<>(stage.technique(), record.create(values));
    } catch (OptionsRecord.Refused e) {
      return stage;
    }
  }

  private static List<OptionDescription> describe(OptionsRecord<?> record) {
    return record.components().stream()
        .map(
            option ->
                new OptionDescription(
                    option.name(),
                    option.type().words(),
                    option.type().print(record.get(option, record.defaults()), Quotes::text),
                    option.meaning()))
        .toList();
  }

  /** The options that no {@link dev.inlay.Option} explains; every good technique has none. */
  public static List<String> unexplained(Technique<?> technique) {
    return describe(technique).stream()
        .filter(option -> option.meaning().isBlank())
        .map(OptionDescription::name)
        .toList();
  }
}
