package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.spec.NetworkSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A number far too small, a word that does not exist, and what the author names. */
final class BadOptionsRefused implements Rule {

  @Override
  public String name() {
    return "refusals";
  }

  @Override
  public String says() {
    return "Impossible options are refused, by the name of the option.";
  }

  @Override
  public Verdict check(Subject subject) {
    List<String> bad = new ArrayList<>(subject.refused());
    bad.addAll(impossible(subject));
    for (String options : bad) {
      String name = options.split("=", -1)[0];
      try {
        Stated.tried(subject, options);
        return failed(
            name,
            options,
            "It is accepted.",
            "Give the @Option of '%s' a rule, such as least = 1; check what depends on several options in the record's constructor.");
      } catch (InlayException e) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (!Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(said).find()) {
          return failed(
              name,
              options,
              "The message does not name the option: %s".formatted(said),
              "Begin the message with the name of the option: %s.");
        }
      }
    }
    return Verdict.passed(String.join("; ", bad));
  }

  private static Verdict failed(String option, String options, String found, String advice) {
    return Verdict.failed(options, found, advice.formatted(option), "");
  }

  private static List<String> impossible(Subject subject) {
    List<String> bad = new ArrayList<>();
    for (RecordComponent option :
        NetworkSpec.Stage.of(subject.technique()).options().getClass().getRecordComponents()) {
      String type = option.getGenericType().getTypeName();
      if (type.equals("int") || type.equals("long") || type.equals("double")) {
        bad.add(option.getName() + "=-1000000");
      } else if (type.equals("java.util.List<java.lang.Integer>")) {
        bad.add(option.getName() + "=[-1000000]");
      } else if (option.getType().isEnum()) {
        bad.add(option.getName() + "=no-such-word");
      }
    }
    return bad;
  }
}
