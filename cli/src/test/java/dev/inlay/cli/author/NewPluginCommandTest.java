package dev.inlay.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The module test-fixtures/new-plugins builds and tests what the command writes. */
final class NewPluginCommandTest {

  @TempDir private Path folder;

  @Test
  void writesAProjectAndSaysWhatComesNext() {
    Run run = make("squeeze-excite", "--group", "com.example");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(files())
        .containsExactlyInAnyOrder(
            ".gitignore",
            "README.md",
            "pom.xml",
            "src/main/java/com/example/squeezeexcite/SqueezeExcite.java",
            "src/main/resources/META-INF/services/dev.inlay.Technique",
            "src/main/resources/com/example/squeezeexcite/squeeze-excite.yaml",
            "src/test/java/com/example/squeezeexcite/SqueezeExciteTest.java");
    assertThat(run.out()).contains("mvn verify", "inlay check", "mvn -DskipTests install");
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoPlaceholderInAnyFile(PluginKind kind) {
    for (Language language : Language.values()) {
      make("tried-" + language, "--kind", kind.toString(), "--language", language.toString());
    }
    for (String file : files()) {
      assertThat(read(file))
          .as(file)
          .doesNotContainPattern("\\$\\{\\w+}|__className__|__name__|@[\\w.]+@");
    }
  }

  @Test
  void aPackageOfOnesOwnIsTaken() {
    make("squeeze-excite", "--package", "net.se", "--language", "kotlin");
    assertThat(read("src/main/kotlin/net/se/SqueezeExcite.kt")).startsWith("package net.se\n");
    assertThat(read("src/main/resources/META-INF/services/dev.inlay.Technique"))
        .isEqualTo("net.se.SqueezeExcite\n");
  }

  @ParameterizedTest
  @CsvSource({
    "scope, ScopeContextModule",
    "object, ObjectContextModule",
    "math, MathContextModule"
  })
  void aClassIsNotNamedLikeOneThatItUses(String name, String type) {
    make(name);
    assertThat(read("src/main/resources/META-INF/services/dev.inlay.Technique"))
        .endsWith("." + type + "\n");
  }

  @Test
  void aKeywordOfJavaIsNoPackage() {
    make("switch");
    assertThat(read("src/main/java/org/example/switch_/Switch.java"))
        .startsWith("package org.example.switch_;\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Squeeze         |                       | 'Squeeze' is no name of a technique",
        "a--b            |                       | 'a--b' is no name of a technique",
        "../x            |                       | '../x' is no name of a technique",
        "cross-entropy   |                       | The name 'cross-entropy' is taken",
        "mine            | --package=a b         | 'a b' is no package",
        "mine            | --package=org.class   | 'org.class' is no package",
        "mine            | --group=              | '' is no package",
        "mine            | --kind=contxt         | Did you mean 'context'?",
        "mine            | --language=scala      | it is one of java, kotlin, not 'scala'",
      })
  void whatCannotBeMadeIsOneMessage(String name, String option, String message) {
    Run run = option == null ? make(name) : make(name, option);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderWithFilesIsLeftAsItIs() throws IOException {
    Files.createDirectories(folder.resolve("made"));
    Files.writeString(folder.resolve("made/notes.txt"), "mine");

    Run run = make("squeeze-excite");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("has files already", "Name another folder").hasLineCount(1);
    assertThat(files()).containsExactly("notes.txt");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.writeString(folder.resolve("made"), "mine");
    Run run = make("squeeze-excite");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is a file").hasLineCount(1);
    assertThat(folder.resolve("made")).hasContent("mine");
  }

  private Run make(String name, String... options) {
    String out = folder.resolve("made") + (name.startsWith("tried-") ? "/" + name : "");
    return Run.inlay(
        Stream.concat(Stream.of("new", "plugin", name, "--out", out), Stream.of(options))
            .toArray(String[]::new));
  }

  private List<String> files() {
    Path made = folder.resolve("made");
    try (Stream<Path> all = Files.walk(made)) {
      return all.filter(Files::isRegularFile)
          .map(each -> made.relativize(each).toString())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve("made").resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
