package dev.inlay.spec;

import dev.inlay.InlayException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A short form after reading: a technique with some options set.
 *
 * @param name what specs call it, such as {@code resnet50}
 * @param record the technique's options
 * @param base the options as the short form leaves them
 * @param fixed the names of the options that it sets
 */
record ShortForm<O extends Record>(
    String name, OptionsRecord<O> record, O base, Set<String> fixed) {

  /**
   * Opens a short form.
   *
   * @param spec one stage, such as {@code resnet(depth=50)}
   * @throws InlayException if the spec is not a stage of the technique, or sets a wrong option
   */
  static <O extends Record> ShortForm<O> open(String name, String spec, OptionsRecord<O> record) {
    String technique = record.name();
    Source source = Source.text(spec, "");
    List<ParsedStage> stages = TextReader.read(source);
    ParsedStage stage = stages.get(0);
    if (stages.size() > 1 || !stage.name().equals(technique)) {
      throw source.error(
          new Place(0, spec.length()), "A short form is one stage of '" + technique + "'");
    }
    O base = OptionsBinder.bind(record, stage, source);
    Set<String> fixed =
        stage.options().stream().map(ParsedStage.Option::name).collect(Collectors.toSet());
    return new ShortForm<>(name, record, base, fixed);
  }
}
