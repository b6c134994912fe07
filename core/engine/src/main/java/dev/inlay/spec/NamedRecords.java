package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of several kinds in the language of specs, each of which is a record with a {@link
 * Named} annotation: {@code poly(power=0.9)}. Options have the rules and messages of techniques.
 *
 * @param <R> what all the records are
 */
public final class NamedRecords<R> {

  private final String one;
  private final String many;
  private final Class<R> type;
  private final Map<String, OptionsRecord<?>> records = new LinkedHashMap<>();

  /**
   * The records that a text may name.
   *
   * @param one what a record is, such as "schedule"
   * @param many the same for several
   */
  public NamedRecords(
      String one, String many, Class<R> type, List<Class<? extends Record>> records) {
    this.one = one;
    this.many = many;
    this.type = type;
    for (Class<? extends Record> each : records) {
      OptionsRecord<?> record = OptionsRecord.ofNamed(each);
      this.records.put(record.name(), record);
    }
  }

  /** The names, in their order. */
  public List<String> names() {
    return List.copyOf(records.keySet());
  }

  /**
   * Reads a record.
   *
   * @throws InlayException that says what is wrong and shows the place
   */
  public R parse(String text) {
    Source source = Source.text(text, "");
    List<ParsedStage> stages = TextReader.read(source);
    if (stages.size() > 1) {
      throw source.error(
          stages.get(1).place(),
          "One %s must stand alone, but a second one follows.".formatted(one));
    }
    ParsedStage only = stages.get(0);
    OptionsRecord<?> record = records.get(only.name());
    if (record == null) {
      throw source.error(
          only.place(),
          "No %s is named '%s'.%s %s: %s."
              .formatted(
                  one,
                  Source.shown(only.name()),
                  Suggestions.didYouMean(only.name(), names()),
                  many,
                  String.join(", ", names())));
    }
    return type.cast(OptionsBinder.bind(record, only, source));
  }

  /** A record in its shortest form, without options that have their defaults. */
  public String text(R given) {
    Record record = (Record) given;
    String name = OptionsRecord.ofNamed(record.getClass()).name();
    OptionsRecord<?> known = records.get(name);
    if (known == null) {
      throw new IllegalArgumentException("%s is no %s.".formatted(given, one));
    }
    List<String> changed =
        known.print(
            record,
            "=",
            Quotes::text,
            option -> !known.get(option, record).equals(known.get(option, known.defaults())));
    return changed.isEmpty() ? name : name + "(" + String.join(", ", changed) + ")";
  }

  /** The names with what each does, and their options. */
  public List<Described> described() {
    List<Described> described = new ArrayList<>();
    records.forEach(
        (name, record) ->
            described.add(new Described(name, record.says(), OptionDescription.all(record))));
    return described;
  }

  /** One record with its summary. */
  public record Described(String name, String says, List<OptionDescription> options) {}
}
