package dev.inlay.contract;

import dev.inlay.Technique;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The service file is where a jar says what it provides. */
final class FoundByName implements Rule {

  private static final int LONGEST = 1 << 20;
  private static final String FILE = "META-INF/services/dev.inlay.Technique";

  @Override
  public String name() {
    return "found";
  }

  @Override
  public String says() {
    return "The service file names the class, and specs find it by its name.";
  }

  @Override
  public Verdict check(Subject subject) {
    Technique<?> technique = subject.technique();
    String type = technique.getClass().getName();
    if (!listed(technique).contains(type)) {
      return Verdict.failed(
          type,
          "No %s names the class.".formatted(FILE),
          "Write the class's name as one line of src/main/resources/%s.".formatted(FILE),
          "");
    }
    boolean found =
        subject
            .techniques()
            .find(technique.name())
            .filter(each -> each.getClass() == technique.getClass())
            .isPresent();
    return found
        ? Verdict.passed(type)
        : Verdict.failed(
            type,
            "The name '%s' belongs to another technique.".formatted(technique.name()),
            "Give @Named another name.",
            "");
  }

  private static Set<String> listed(Technique<?> technique) {
    Set<String> names = new HashSet<>();
    try {
      ClassLoader loader = technique.getClass().getClassLoader();
      for (URL file : Collections.list(loader.getResources(FILE))) {
        try (var stream = file.openStream()) {
          String text = new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8);
          text.lines().map(line -> line.replaceFirst("#.*", "").strip()).forEach(names::add);
        }
      }
    } catch (IOException e) {
      return names; // What cannot be read is not found.
    }
    return names;
  }
}
