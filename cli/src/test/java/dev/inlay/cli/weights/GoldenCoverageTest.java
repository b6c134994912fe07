package dev.inlay.cli.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.spec.Techniques;
import dev.inlay.verify.ByConfiguration;
import dev.inlay.verify.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That every golden file of a technique there is stands in that technique's tests. */
final class GoldenCoverageTest {

  /** Windows are slid over the image by verify alone, whose test has all networks. */
  private static final String OF_VERIFY = "net_pspnet_r18_slide";

  private static final String LIST = "golden-of-no-technique.txt";

  private static Set<String> withoutTechnique() throws IOException {
    try (var list =
        Objects.requireNonNull(GoldenCoverageTest.class.getResourceAsStream("/" + LIST))) {
      return new TreeSet<>(new String(list.readAllBytes(), UTF_8).lines().toList());
    }
  }

  private static String tests() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path folder : List.of(Path.of("..", "plugins"), Path.of("src", "test", "java"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(GoldenCoverageTest::comparesTechniques).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  /** The tests of a technique, and those of whole networks. */
  private static boolean comparesTechniques(Path file) {
    return file.toString().endsWith("Test.java")
        && (file.toString().contains("plugins") || file.getParent().endsWith("networks"));
  }

  @Test
  void everyFileIsNamedByATestOrIsOfNoTechnique() throws IOException {
    String tests = tests();
    Set<String> without = withoutTechnique();
    List<String> uncovered = new ArrayList<>();
    List<String> listedInVain = new ArrayList<>();
    for (Path file : Golden.files("mmseg", "official")) {
      String name = file.getFileName().toString().replace(".safetensors", "");
      String listed = file.getParent().getFileName() + "/" + name;
      boolean named =
          name.equals(OF_VERIFY)
              || Pattern.compile("[\" ]" + Pattern.quote(name) + "[\",;]").matcher(tests).find();
      if (!named && !without.contains(listed)) {
        uncovered.add(listed);
      }
      if (named && without.contains(listed)) {
        listedInVain.add(listed);
      }
    }
    assertThat(uncovered).as("named neither in a test nor in %s", LIST).isEmpty();
    assertThat(listedInVain).as("named in %s and in a test", LIST).isEmpty();
  }

  @Test
  void whatIsListedIsInFactOfNoTechnique() throws IOException {
    List<Techniques.Entry> entries = new ArrayList<>();
    for (Technique<?> technique : ServiceLoader.load(Technique.class)) {
      entries.add(new Techniques.Entry(technique, "class path"));
    }
    Techniques techniques = Techniques.of(entries);
    Set<String> without = withoutTechnique();
    for (Path file : Golden.files("mmseg", "official")) {
      String name = file.getFileName().toString().replace(".safetensors", "");
      if (without.contains(file.getParent().getFileName() + "/" + name)) {
        assertThatThrownBy(() -> ByConfiguration.of(GoldenFile.read(file), techniques))
            .as("what is known of %s", file)
            .isInstanceOf(InlayException.class)
            .hasMessageMatching(
                "(?s).*(No technique corresponds|names a class|is no golden file).*");
      }
    }
  }
}
