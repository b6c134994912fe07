package dev.inlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where the engine's language may be written: in its backend, and beside the engine. All else is
 * described by operators, which other backends can write too.
 */
final class EngineLanguageTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> MAY = List.of("/dev/inlay/compile/torch/", "/dev/inlay/torch/");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern TEXT =
      Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);

  /**
   * A call of one of the engine's functions; torch.load and torch.save are Python's, in messages.
   */
  private static final Pattern CALL =
      Pattern.compile("\\btorch\\.(?!load\\b|save\\b)[a-z_0-9]+\\(|\\bops\\.prim\\.");

  private static final Pattern RAW = Pattern.compile("\\.raw\\(");

  @Test
  void onlyTheBackendWritesTorchScript() throws IOException {
    List<Path> backend = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Path file : sources("core", "plugins", "cli")) {
      if (writesTorchScript(Files.readString(file))) {
        (mayWrite(file) ? backend : others).add(file);
      }
    }
    assertThat(others).isEmpty();
    assertThat(backend)
        .extracting(file -> file.getFileName().toString())
        .contains("TorchForms.java", "Source.java");
  }

  @Test
  void noShippedTechniqueNeedsAnExpressionOfTheEngine() throws IOException {
    List<Path> techniques = sources("plugins");
    assertThat(techniques).hasSizeGreaterThan(18);
    for (Path file : techniques) {
      assertThat(RAW.matcher(Files.readString(file)).find()).as("%s calls raw", file).isFalse();
    }
  }

  private static boolean mayWrite(Path file) {
    String path = file.toString().replace('\\', '/');
    return MAY.stream().anyMatch(path::contains);
  }

  private static boolean writesTorchScript(String source) {
    Matcher text = TEXT.matcher(COMMENT.matcher(source).replaceAll(""));
    return text.results().anyMatch(found -> CALL.matcher(found.group()).find());
  }

  private static List<Path> sources(String... folders) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
            .forEach(sources::add);
      }
    }
    return sources;
  }
}
