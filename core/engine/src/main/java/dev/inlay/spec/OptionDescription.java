package dev.inlay.spec;

import dev.inlay.Technique;
import java.util.List;

/**
 * One option of a technique, in words.
 *
 * @param name as specs write it
 * @param type the values it takes, as in "list of whole numbers"
 * @param defaultValue the value when a spec names none, as specs write it
 * @param meaning what its author says it means; empty if nothing
 */
public record OptionDescription(String name, String type, String defaultValue, String meaning) {

  /**
   * The options of a technique in the order of the record.
   *
   * @throws dev.inlay.InlayException if the technique's options record cannot be read; it says why
   */
  public static List<OptionDescription> all(Technique<?> technique) {
    return all(OptionsRecord.of(technique));
  }

  static List<OptionDescription> all(OptionsRecord<?> record) {
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
}
