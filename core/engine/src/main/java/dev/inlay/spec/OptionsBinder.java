package dev.inlay.spec;

import dev.inlay.InlayException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds the written options of a stage to the components of an options record by name.
 *
 * @param <O> the record
 */
final class OptionsBinder<O extends Record> {
  private final OptionsRecord<O> record;
  private final ParsedStage stage;
  private final Source source;

  private OptionsBinder(OptionsRecord<O> record, ParsedStage stage, Source source) {
    this.record = record;
    this.stage = stage;
    this.source = source;
  }

  /** Binds a stage that names the technique itself. */
  static <O extends Record> O bind(OptionsRecord<O> record, ParsedStage stage, Source source) {
    return new OptionsBinder<>(record, stage, source).bind(record.defaults(), Set.of());
  }

  /** Binds a stage that names a short form, which has set some options already. */
  static <O extends Record> O bind(ShortForm<O> form, ParsedStage stage, Source source) {
    return new OptionsBinder<>(form.record(), stage, source).bind(form.base(), form.fixed());
  }

  private O bind(O base, Set<String> fixed) {
    Map<String, ParsedStage.Option> written = new HashMap<>();
    for (ParsedStage.Option option : stage.options()) {
      check(option, base, fixed);
      if (written.putIfAbsent(option.name(), option) != null) {
        throw source.error(
            option.place(),
            "'%s' has the option '%s' twice; keep one of them"
                .formatted(stage.name(), option.name()));
      }
    }
    List<OptionsRecord.Component> components = record.components();
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      OptionsRecord.Component component = components.get(i);
      ParsedStage.Option option = written.get(component.name());
      values[i] =
          option == null
              ? record.get(component, base)
              : read(component, option.value(), stage.name(), source);
    }
    try {
      return record.create(values);
    } catch (OptionsRecord.Refused e) {
      throw refused(e.reason(), written);
    }
  }

  private void check(ParsedStage.Option option, O base, Set<String> fixed) {
    String name = option.name();
    List<String> known = record.names();
    if (fixed.contains(name)) {
      String plain = record.name();
      throw source.error(
          option.place(),
          "'%s' has set '%s' already; use '%s' to choose it".formatted(stage.name(), name, plain));
    }
    if (known.contains(name)) {
      return;
    }
    String begin = "'%s' has no option '%s'".formatted(stage.name(), Source.shown(name));
    if (known.isEmpty()) {
      throw source.error(option.place(), begin + "; it has no options");
    }
    List<String> options =
        record.print(base, "=", Quotes::text, component -> !fixed.contains(component.name()));
    throw source.error(
        option.place(),
        begin
            + "."
            + Suggestions.didYouMean(name, known)
            + " Options: "
            + String.join(", ", options));
  }

  /**
   * The value that is written for an option.
   *
   * @param stage what the message calls the technique
   */
  static Object read(
      OptionsRecord.Component component, ParsedStage.Value value, String stage, Source source) {
    String begin = stage + "." + component.name();
    if (component.type() instanceof OptionType.Many many) {
      if (value instanceof ParsedStage.Listing list) {
        return list.words().stream()
            .map(word -> read(many.element(), word, begin + " holds ", source))
            .toList();
      }
      String shown = Source.shown(value.toString());
      String wayOut = source.listing(component.name(), many, value.toString());
      throw source.error(
          value.place(), begin + " is " + shown + "; it must be a " + many.words() + ": " + wayOut);
    }
    OptionType.Single single = (OptionType.Single) component.type();
    if (value instanceof ParsedStage.Word word) {
      return read(single, word, begin + " is ", source);
    }
    String shown = Source.shown(value.toString());
    throw source.error(value.place(), begin + " is " + shown + "; it must be " + single.rule(""));
  }

  private static Object read(
      OptionType.Single type, ParsedStage.Word word, String begin, Source source) {
    Object value = type.read(word.text());
    if (value == null) {
      throw source.error(
          word.place(),
          begin + Source.shown(word.text()) + "; it must be " + type.rule(word.text()));
    }
    return value;
  }

  private InlayException refused(String reason, Map<String, ParsedStage.Option> written) {
    String option = firstWord(reason);
    if (!record.names().contains(option)) {
      return source.error(stage.place(), stage.name() + ": " + reason);
    }
    ParsedStage.@Nullable Option found = written.get(option);
    Place place = found == null ? stage.place() : found.value().place();
    return source.error(place, stage.name() + "." + reason);
  }

  private static String firstWord(String message) {
    int end = 0;
    while (end < message.length() && Character.isJavaIdentifierPart(message.charAt(end))) {
      end++;
    }
    return message.substring(0, end);
  }
}
