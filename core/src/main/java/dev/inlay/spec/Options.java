package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;
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
