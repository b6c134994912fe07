package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Prints stages in their shortest form: by a short form if one fits, without default values. */
final class SpecPrinter {

  /** One way to print a stage: a name, and the options that the name does not set. */
  private record Wording(String name, int fixed, List<String> options) {
    String inside() {
      return String.join(", ", options);
    }
  }

  private static final Comparator<Wording> BEST =
      Comparator.comparingInt(Wording::fixed)
          .reversed()
          .thenComparingInt(wording -> wording.options().size())
          .thenComparingInt(wording -> wording.name().length())
          .thenComparing(Wording::name);

  private SpecPrinter() {}

  static String text(NetworkSpec.Stage<?> stage) {
    Wording best = wording(stage, false);
    return best.options().isEmpty() ? best.name() : best.name() + "(" + best.inside() + ")";
  }

  /** One line of YAML, without its end. */
  static String yaml(NetworkSpec.Stage<?> stage) {
    Wording best = wording(stage, true);
    return "- "
        + (best.options().isEmpty() ? best.name() : best.name() + ": {" + best.inside() + "}");
  }

  private static <O extends Record> Wording wording(NetworkSpec.Stage<O> stage, boolean yaml) {
    Technique<O> technique = stage.technique();
    OptionsRecord<O> record = OptionsRecord.of(technique);
    Wording best =
        new Wording(technique.name(), 0, changed(record, stage.options(), record.defaults(), yaml));
    for (Map.Entry<String, String> form : Metadata.of(technique).shortForms().entrySet()) {
      Optional<Wording> wording =
          open(form.getKey(), form.getValue(), record)
              .filter(open -> fits(open, stage.options()))
              .map(
                  open ->
                      new Wording(
                          open.name(),
                          open.fixed().size(),
                          changed(open.record(), stage.options(), open.base(), yaml)));
      if (wording.isPresent() && BEST.compare(wording.get(), best) < 0) {
        best = wording.get();
      }
    }
    return best;
  }

  /** A broken short form is skipped; reading a spec that uses it reports the error. */
  private static <O extends Record> Optional<ShortForm<O>> open(
      String name, String spec, OptionsRecord<O> record) {
    try {
      return Optional.of(ShortForm.open(name, spec, record));
    } catch (InlayException broken) {
      return Optional.empty();
    }
  }

  private static <O extends Record> boolean fits(ShortForm<O> form, O options) {
    OptionsRecord<O> record = form.record();
    return record.components().stream()
        .filter(component -> form.fixed().contains(component.name()))
        .allMatch(c -> record.get(c, options).equals(record.get(c, form.base())));
  }

  private static <O extends Record> List<String> changed(
      OptionsRecord<O> record, O options, O base, boolean yaml) {
    Predicate<OptionsRecord.Component> differs =
        component -> !record.get(component, options).equals(record.get(component, base));
    return record.print(options, yaml ? ": " : "=", yaml ? Quotes::yaml : Quotes::text, differs);
  }
}
