package dev.inlay.contract;

import dev.inlay.Technique;
import dev.inlay.spec.Metadata;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The stages of specs in a technique's file, and the names that are the technique's own. */
final class SpecWords {

  private SpecWords() {}

  static Stream<String> stages(String spec) {
    return Arrays.stream(spec.split("[|*+]", -1)).map(String::strip);
  }

  static String name(String stage) {
    return stage.replaceFirst("\\(.*", "");
  }

  /** The technique's name and its short forms. */
  static Set<String> own(Technique<?> technique) {
    Set<String> names = new TreeSet<>(Metadata.of(technique).shortForms().keySet());
    names.add(technique.name());
    return names;
  }
}
