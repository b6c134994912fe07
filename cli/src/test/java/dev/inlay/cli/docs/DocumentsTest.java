package dev.inlay.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import dev.inlay.guard.Core;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** Every command and every block of code in the README and in docs works. */
final class DocumentsTest {

  /** What the tests know how to try. Python and text are tried by tests that name them below. */
  private static final Set<String> LANGUAGES =
      Set.of("sh", "java", "kotlin", "xml", "yaml", "python", "text");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
  private static final Pattern MESSAGE =
      Pattern.compile("For `([^`]+)`[^`]*```text\\n(inlay: .*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  static List<Document> documents() {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyBlockIsOfAKindThatIsTried(Document document) {
    assertThat(document.blocks())
        .allSatisfy(block -> assertThat(LANGUAGES).contains(block.language()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToAFile(Document document) {
    Matcher links = LINK.matcher(document.text());
    while (links.find()) {
      String target = links.group(1);
      if (!target.startsWith("https://")) {
        assertThat(document.path().resolveSibling(target)).exists();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a Unix shell")
  void everyCommandRuns(Document document) throws Exception {
    List<String> blocks = document.code("sh");
    if (blocks.isEmpty()) {
      return;
    }
    Sandbox sandbox = Sandbox.in(folder);
    for (String yaml : document.code("yaml")) {
      if (yaml.startsWith("- ")) {
        sandbox.write("network.yaml", yaml);
      }
    }
    sandbox.run(blocks.stream().map(DocumentsTest::shortened).toList());
  }

  /** The same commands with less work, from where the documents' folder would be. */
  private static String shortened(String commands) {
    return commands
        .replace("./inlay ", "inlay ")
        .replaceAll("--iterations \\d+", "--iterations 2")
        // The sandbox has trained into the folder that the documents name.
        .replaceAll("(?m)^inlay train (?!--resume)", "inlay train --overwrite ")
        // CI runs the demo itself.
        .replaceAll("(?m)^inlay demo$", "inlay demo --help");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyJavaBlockCompiles(Document document) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-Werror",
                "-Xlint:all,-classfile",
                "-classpath",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                folder.resolve("classes").toString()));
    for (String code : document.code("java")) {
      Matcher name = Pattern.compile("public final class (\\w+)").matcher(code);
      assertThat(name.find()).as("a whole class in\n%s", code).isTrue();
      Path file = folder.resolve(name.group(1) + ".java");
      Files.writeString(file, code);
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      List<String> all = new ArrayList<>(arguments);
      all.add(file.toString());
      int failed =
          ToolProvider.getSystemJavaCompiler()
              .run(null, messages, messages, all.toArray(String[]::new));
      assertThat(failed).as(messages.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  /** Kotlin's compiler runs in the builds of test-fixtures, whose sources the blocks are. */
  @ParameterizedTest
  @MethodSource("documents")
  void everyKotlinBlockIsASourceThatTheBuildCompiles(Document document) throws Exception {
    List<String> sources = new ArrayList<>();
    Path made = folder.resolve("made");
    Run.inlay("new", "plugin", "squeeze-excite", "--language", "kotlin", "--out", made.toString());
    for (Path root : List.of(made, Document.ROOT.resolve("test-fixtures/kotlin/src"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".kt")).toList()) {
          sources.add(Files.readString(file));
        }
      }
    }
    assertThat(document.code("kotlin"))
        .allSatisfy(code -> assertThat(sources).anyMatch(source -> source.contains(code)));
  }

  /** The technique in Java is what the command writes, which test-fixtures/new-plugins tries. */
  @Test
  void theTechniqueIsWhatTheCommandWrites() throws Exception {
    Path made = folder.resolve("made");
    Run.inlay("new", "plugin", "squeeze-excite", "--out", made.toString());
    Document document = Document.read(Document.ROOT.resolve("docs/write-a-technique.md"));
    String base = "src/main/%s/org/example/squeezeexcite/";
    assertThat(document.code("java"))
        .contains(Files.readString(made.resolve(base.formatted("java") + "SqueezeExcite.java")));
    assertThat(document.code("yaml"))
        .contains(
            Files.readString(made.resolve(base.formatted("resources") + "squeeze-excite.yaml")));
    assertThat(document.code("python"))
        .singleElement()
        .asString()
        .isEqualTo(
            Document.read(made.resolve("README.md"))
                .code("python")
                .get(0)
                .replace("squeeze-excite.safetensors", "mine.safetensors"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyPieceOfAPomIsXmlOfThisVersion(Document document) throws Exception {
    for (String code : document.code("xml")) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(code)));
      assertThat(code).contains("<version>" + Core.VERSION + "</version>");
    }
  }

  @Test
  void everyPieceOfADatasetsDescriptionIsRead() throws Exception {
    String classes =
        """
        classes:
          - {name: road, color: "#804080"}
          - {name: sidewalk, color: "#f423e8"}
          - {name: car, color: "#00008e"}
        """;
    String splits = "splits: {train: {images: a, labels: b}}\n";
    List<String> pieces = Document.read(Document.ROOT.resolve("docs/data.md")).code("yaml");
    assertThat(pieces).hasSizeGreaterThan(8);
    for (String piece : pieces.subList(1, pieces.size())) {
      String whole = classes + (piece.contains("splits:") ? "" : splits) + piece;
      Files.writeString(folder.resolve("dataset.yaml"), whole);
      assertThat(dev.inlay.data.Dataset.open(folder).info().splits()).as(piece).isNotEmpty();
    }
  }

  /** The dataset's description is read by the product; networks are read by the commands. */
  @Test
  void theDescriptionOfADatasetIsRead() throws Exception {
    Document document = Document.read(Document.ROOT.resolve("docs/data.md"));
    Files.writeString(folder.resolve("dataset.yaml"), document.code("yaml").get(0));
    assertThat(dev.inlay.data.Dataset.open(folder).classes().classes())
        .extracting(dev.inlay.data.LabelClass::name)
        .containsExactly("road", "car");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyMessageIsTheOneThatIsPrinted(Document document) {
    Matcher messages = MESSAGE.matcher(document.text());
    int found = 0;
    while (messages.find()) {
      assertThat(Run.inlay("summary", messages.group(1)).err().strip())
          .startsWith(messages.group(2).strip());
      found++;
    }
    assertThat(document.code("text")).hasSize(found);
  }

  @Test
  void theTableOfTechniquesIsWhatTheCommandPrints() throws Exception {
    Run run = Run.inlay("list", "--markdown");
    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(Document.ROOT.resolve("README.md"))).contains(run.out());
  }

  @Test
  void everyTechniqueHasItsPaperAndItsCostInTheTable() {
    List<String> rows = Run.inlay("list", "--markdown").out().lines().skip(2).toList();
    for (String row : rows) {
      if (row.startsWith("| ") && row.matches(".*(backbone|context module|decoder) \\|.*")) {
        assertThat(row)
            .matches("\\| `[a-z0-9-]+` \\| .* \\| \\[.*]\\(https://.*\\) \\| [\\d.]+ M \\| .* \\|");
      }
    }
  }
}
