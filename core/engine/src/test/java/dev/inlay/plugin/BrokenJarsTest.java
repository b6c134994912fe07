package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken jar gets exactly one message; the jars before and after it are loaded. */
final class BrokenJarsTest {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  @TempDir private Path folder;
  private PluginBench bench;
  private Path jar;

  @BeforeEach
  void makeSoundJars() {
    bench = new PluginBench(folder);
    jar = folder.resolve("bad.jar");
  }

  private void isRefused(JarMaker maker, String message) {
    maker.write(jar);
    bench.refusesOnly(message);
  }

  private void isRefused(UnaryOperator<String> change, String message) {
    isRefused(JarMaker.plugin("bad").technique("x.B", "bad", change), "bad.jar (bad): " + message);
  }

  // The file

  @Test
  void emptyFile() throws IOException {
    Files.createFile(jar);
    bench.refusesOnly(
        "bad.jar: cannot be opened as a jar: ZipException: zip file is empty; copy it here again");
  }

  @Test
  void truncatedJar() throws IOException {
    byte[] whole = Files.readAllBytes(JarMaker.sound("bad").write(jar));
    Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
    bench.refusesOnly(
        "bad.jar: cannot be opened as a jar: ZipException: zip END header not found; copy it here"
            + " again");
  }

  @Test
  void folderNamedLikeJar() throws IOException {
    Files.createDirectories(jar.resolve("META-INF"));
    bench.refusesOnly("bad.jar: is a folder; a plugin is one jar file");
  }

  @Test
  void danglingLink() throws IOException {
    Files.createSymbolicLink(jar, Path.of("ghost.jar"));
    bench.refusesOnly("bad.jar: is a link to a file that does not exist");
  }

  @Test
  void linkIsFollowed(@TempDir Path elsewhere) throws IOException {
    Path target = JarMaker.sound("linked").write(elsewhere.resolve("stored-under-any-name"));
    Files.createSymbolicLink(jar, target);
    bench.accepts("linked");
  }

  @Test
  void unreadableJar() throws IOException {
    JarMaker.sound("bad").write(jar);
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeThat(Files.isReadable(jar))
        .describedAs("whoever runs this test can read files without permission (root)")
        .isFalse();
    bench.refusesOnly("bad.jar: cannot be read: permission denied");
  }

  @Test
  void otherFilesAreLeftAlone() throws IOException {
    Path sound = JarMaker.sound("ignored").write(folder.resolve("._hidden.jar"));
    Files.copy(sound, folder.resolve("plugin.zip"));
    Files.copy(sound, folder.resolve("plugin.jar.bak"));
    Files.writeString(folder.resolve("readme.txt"), "text");
    Files.writeString(folder.resolve(".DS_Store"), "x");
    Files.createDirectories(folder.resolve("unpacked/classes/META-INF"));
    JarMaker.sound("slip").entry("../../evil-slip.txt", "out").write(folder.resolve("slip.zip"));
    bench.accepts();
    assertThat(folder.resolve("../../evil-slip.txt")).doesNotExist();
    assertThat(folder.resolve("slip")).doesNotExist();
  }

  @Test
  void listsOfEnabledAndDisabledPluginsCountForNothing() throws IOException {
    Files.writeString(folder.resolve("enabled.txt"), "after\n");
    Files.writeString(folder.resolve("disabled.txt"), "before\n");
    bench.accepts();
  }

  // The jar's contents

  @Test
  void entryThatPointsOutside() {
    isRefused(
        JarMaker.sound("bad").entry("../../evil", "out"),
        "bad.jar (bad): has an entry named '../../evil', which points outside the jar; do not trust"
            + " it");
  }

  @Test
  void absoluteEntry() {
    isRefused(
        JarMaker.sound("bad").entry("/etc/evil", "out"),
        "bad.jar (bad): has an entry named '/etc/evil', which points outside the jar; do not trust"
            + " it");
  }

  @Test
  void hugeEntry() {
    isRefused(
        JarMaker.sound("bad").entry("big.bin", "small").claim("big.bin", 600 << 20),
        "bad.jar (bad): has the entry big.bin of 600 MB; the limit is 256 MB");
  }

  @Test
  void manyLargeEntries() {
    JarMaker maker = JarMaker.sound("bad");
    for (int i = 0; i < 5; i++) {
      maker.entry("big" + i, "small").claim("big" + i, 250 << 20);
    }
    isRefused(maker, "bad.jar (bad): unpacks to 1251 MB; a plugin may have at most 1024 MB");
  }

  @Test
  void hugeManifest() {
    String line = "X: " + "x".repeat(60) + "\n";
    String text = "Manifest-Version: 1.0\nPlugin-Id: bad\n" + line.repeat(300_000);
    isRefused(
        JarMaker.empty().entry("META-INF/MANIFEST.MF", text),
        "bad.jar: has the entry META-INF/MANIFEST.MF of 19 MB; the limit is 1 MB");
  }

  @Test
  void manifestAndServiceFileLargerThanTheyClaim() {
    isRefused(
        JarMaker.sound("bad").manifest("Padding", "x".repeat(3 << 20)).claim(MANIFEST, 500),
        "bad.jar: has the entry META-INF/MANIFEST.MF, which is larger than it claims; the limit is"
            + " 1 MB");
    isRefused(
        JarMaker.sound("bad")
            .service("#" + "x".repeat(3 << 20))
            .claim(Providers.SERVICE_FILE, 70_000),
        "bad.jar (bad): has the entry META-INF/services/dev.inlay.Technique, which is larger than"
            + " it claims; the limit is 1 MB");
  }

  @Test
  void ownCopyOfTheCore() {
    isRefused(
        JarMaker.sound("bad").source("dev.inlay.Extra", "package dev.inlay; class Extra {}"),
        "bad.jar (bad): contains its own copy of a shared class: dev/inlay/Extra.class; build it"
            + " with the scope 'provided' for what Inlay brings");
  }

  @Test
  void ownCopyOfSharedLibraries() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String name : List.of("ai/djl/A", "org/jspecify/A", "org/pf4j/A", "org/slf4j/Logger")) {
      String file = "bad" + expected.size() + ".jar";
      JarMaker.sound("bad").entry(name + ".class", "").write(folder.resolve(file));
      expected.add(
          file
              + " (bad): contains its own copy of a shared class: "
              + name
              + ".class; build it with the scope 'provided' for what Inlay brings.");
    }
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins)).containsExactlyElementsOf(expected);
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
    }
  }

  @Test
  void ownCopyForOneJavaVersion() {
    isRefused(
        JarMaker.sound("bad").entry("META-INF/versions/21/dev/inlay/Tensor.class", ""),
        "bad.jar (bad): contains its own copy of a shared class: dev/inlay/Tensor.class; build it"
            + " with the scope 'provided' for what Inlay brings");
  }

  // The manifest

  @Test
  void noManifest() {
    isRefused(
        JarMaker.empty().technique("x.B", "bad"),
        "bad.jar: has no META-INF/MANIFEST.MF; a plugin names itself there");
  }

  @Test
  void noId() {
    isRefused(
        JarMaker.sound("bad").withoutManifest("Plugin-Id"),
        "bad.jar: has no Plugin-Id in its manifest; add the line 'Plugin-Id: my-technique'"
            + " (maven-jar-plugin: manifestEntries, jar: --manifest), or move the jar elsewhere if"
            + " it is no plugin");
  }

  @Test
  void malformedId() {
    isRefused(
        JarMaker.sound("bad").manifest("Plugin-Id", "two words"),
        "bad.jar: has the Plugin-Id 'two words'; an id is letters, digits, '.', '_' and '-'");
  }

  @Test
  void noVersion() {
    isRefused(
        JarMaker.sound("bad").withoutManifest("Plugin-Version"),
        "bad.jar (bad): has no Plugin-Version in its manifest; add the line 'Plugin-Version: 1.0.0'"
            + " (maven-jar-plugin: manifestEntries, jar: --manifest), or move the jar elsewhere if"
            + " it is no plugin");
  }

  @Test
  void versionOfTwoNumbers() {
    isRefused(
        JarMaker.sound("bad").manifest("Plugin-Version", "1.0"),
        "bad.jar (bad): has the Plugin-Version '1.0'; a version has three numbers, as in 1.0.0");
  }

  @Test
  void pluginClass() {
    isRefused(
        JarMaker.sound("bad").manifest("Plugin-Class", "x.Missing"),
        "bad.jar (bad): has 'Plugin-Class: x.Missing' in its manifest; techniques need none, they"
            + " are found through META-INF/services/dev.inlay.Technique");
  }

  @Test
  void classPathInTheManifest() {
    isRefused(
        JarMaker.sound("bad").manifest("Class-Path", "lib/other.jar"),
        "bad.jar (bad): has 'Class-Path: lib/other.jar' in its manifest; a plugin is one jar: pack"
            + " its libraries into it");
  }

  @Test
  void sameIdTwiceIsDecidedByNameAndNotByTime() throws IOException {
    JarMaker.plugin("bad").technique("x.First", "first").write(folder.resolve("b-first.jar"));
    JarMaker.plugin("bad").technique("x.Second", "second").write(folder.resolve("c-second.jar"));
    Files.setLastModifiedTime(folder.resolve("c-second.jar"), FileTime.fromMillis(0));
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "c-second.jar (bad): has the same Plugin-Id as b-first.jar; remove one of the two.");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before", "first");
    }
  }

  // The service file

  @Test
  void serviceFileNamesMissingClass() {
    isRefused(
        JarMaker.plugin("bad").service("x.Missing"),
        "bad.jar (bad): the technique class x.Missing is not there, though"
            + " META-INF/services/dev.inlay.Technique names it");
  }

  @Test
  void serviceFileWithTwoWordsInALine() {
    isRefused(
        JarMaker.plugin("bad").service("# techniques").service("x.B two words"),
        "bad.jar (bad): has 'x.B two words' in line 2 of META-INF/services/dev.inlay.Technique;"
            + " each line must be the full name of one class");
  }

  @Test
  void noServiceFile() {
    isRefused(
        JarMaker.plugin("bad").source("x.B", "package x; public class B {}"),
        "bad.jar (bad): provides no technique, and no plugin depends on it; name its technique"
            + " classes in META-INF/services/dev.inlay.Technique");
  }

  @Test
  void serviceFileNamesClassOfTheHost() {
    isRefused(
        JarMaker.plugin("bad").service("dev.inlay.Backbone"),
        "bad.jar (bad): the technique class dev.inlay.Backbone is not in this jar, though"
            + " META-INF/services/dev.inlay.Technique names it");
  }

  @Test
  void commentsAndBlankLinesInServiceFile() {
    JarMaker.plugin("more")
        .service("# techniques")
        .service("")
        .technique("x.B", "more")
        .service("  x.B  # again")
        .write(jar);
    bench.accepts("more");
  }

  @Test
  void notATechnique() {
    isRefused(
        JarMaker.plugin("bad").source("x.N", "package x; public class N {}").service("x.N"),
        "bad.jar (bad): the technique class x.N is no technique; implement Backbone, ContextModule,"
            + " Decoder or Objective of dev.inlay");
  }

  @Test
  void noConstructorWithoutArguments() {
    isRefused(
        source -> source.replace("public B()", "public B(int size)"),
        "the technique class x.B must be public, not abstract, and have a public constructor"
            + " without arguments");
  }

  @Test
  void classThatIsNotPublic() {
    isRefused(
        source -> source.replace("public final class", "final class"),
        "the technique class x.B must be public, not abstract, and have a public constructor"
            + " without arguments");
  }

  @Test
  void abstractClass() {
    isRefused(
        source -> source.replace("public final class", "public abstract class"),
        "the technique class x.B must be public, not abstract, and have a public constructor"
            + " without arguments");
  }

  @Test
  void constructorThrows() {
    isRefused(
        source ->
            source.replace(
                "B() {",
                "B() { if (true) throw new IllegalStateException(\"boom\","
                    + " new java.io.IOException(\"disk\\nfull\"));"),
        "the technique class x.B failed with IllegalStateException: boom, caused by IOException:"
            + " disk full");
  }

  @Test
  void constructorNeverEnds() {
    isRefused(
        source -> source.replace("B() {", "B() { new B();"),
        "the technique class x.B failed with StackOverflowError");
  }

  @Test
  void staticInitialiserThrows() {
    isRefused(
        source ->
            source.replace("public B()", "static final int N = 1 / \"\".length(); public B()"),
        "the technique class x.B cannot be linked: ExceptionInInitializerError, caused by"
            + " ArithmeticException: / by zero");
  }

  @Test
  void severalBrokenClassesAreOneMessage() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad", source -> source.replace("public B()", "B()"))
            .technique("x.C", "fine")
            .service("x.Missing"),
        "bad.jar (bad): the technique class x.B must be public, not abstract, and have a public"
            + " constructor without arguments; the technique class x.Missing is not there, though"
            + " META-INF/services/dev.inlay.Technique names it");
  }

  // The classes

  @Test
  void corruptClass() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad")
            .patch(
                "x.B",
                bytes -> {
                  bytes[10] = (byte) 238; // the tag of the first constant
                  return bytes;
                }),
        "bad.jar (bad): the technique class x.B cannot be linked: ClassFormatError: Unknown"
            + " constant tag 238 in class file x/B");
  }

  @Test
  void compiledForNewerJava() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad")
            .patch(
                "x.B",
                bytes -> {
                  bytes[7] = 99;
                  return bytes;
                }),
        "bad.jar (bad): the technique class x.B needs Java 55; this is Java "
            + Runtime.version().feature());
  }

  @Test
  void constructorUsesClassOfNewerCore() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad", source -> source.replace("B() {", "B() { new NewThing();"))
            .compiledWith("dev.inlay.NewThing", "package dev.inlay; public class NewThing {}"),
        "bad.jar (bad): the technique class x.B was built against another version of Inlay: it"
            + " uses the class dev.inlay.NewThing, which Inlay 0.1.0 does not have; use a version"
            + " of it that is made for Inlay 0.1.0, or rebuild it against inlay-api 0.1.0");
  }

  @Test
  void implementsInterfaceOfNewerCore() {
    isRefused(
        JarMaker.plugin("bad")
            .technique(
                "x.B", "bad", source -> source.replace("implements ", "implements NewThing, "))
            .compiledWith("dev.inlay.NewThing", "package dev.inlay; public interface NewThing {}"),
        "bad.jar (bad): the technique class x.B was built against another version of Inlay: it"
            + " uses the class dev.inlay.NewThing, which Inlay 0.1.0 does not have; use a version"
            + " of it that is made for Inlay 0.1.0, or rebuild it against inlay-api 0.1.0");
  }

  @Test
  void implementsAKindThatTheCoreDoesNotKnow() {
    JarMaker.plugin("bad")
        .technique(
            "x.B",
            "bad",
            source -> source.replace("implements ContextModule<B.Options>", "implements Other"))
        .source("x.Other", "package x; public interface Other extends dev.inlay.Technique {}")
        .compiledWith("dev.inlay.Technique", "package dev.inlay; public interface Technique {}")
        .write(jar);
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
      assertThat(PluginBench.messages(plugins))
          .singleElement()
          .asString()
          .startsWith(
              "bad.jar (bad): the technique class x.B was built against another version of Inlay:"
                  + " IncompatibleClassChangeError: ")
          .contains("sealed")
          .endsWith(", or rebuild it against inlay-api 0.1.0.");
    }
  }

  @Test
  void missingLibrary() {
    isRefused(
        JarMaker.plugin("bad")
            .technique("x.B", "bad", source -> source.replace("B() {", "B() { new lib.Json();"))
            .compiledWith("lib.Json", "package lib; public class Json {}"),
        "bad.jar (bad): the technique class x.B cannot be linked: NoClassDefFoundError: there is no"
            + " class lib.Json");
  }

  // The technique's name

  @Test
  void noName() {
    isRefused(
        source -> source.replaceFirst("@Named.*\n", ""),
        "the technique class x.B has no name; annotate it with @Named");
  }

  @Test
  void malformedName() {
    isRefused(
        JarMaker.plugin("bad").technique("x.B", "ASPP v3"),
        "bad.jar (bad): the technique class x.B has the name 'ASPP v3'; a technique's name is lower"
            + " case, digits and hyphens and begins with a letter");
  }

  @Test
  void nameOfItsOwn() {
    String other =
        "the technique class x.B is called 'bad' by @Named and '%s' by its method name(); remove the method";
    isRefused(withName("return \"after\";"), other.formatted("after"));
    isRefused(withName("return null;"), other.formatted("null"));
    isRefused(
        withName("throw new Error(\"no name\");"),
        "the technique class x.B failed with Error: no name");
  }

  private static UnaryOperator<String> withName(String body) {
    return source ->
        source.replace("public B()", "public String name() { " + body + " } public B()");
  }

  @Test
  void constructorThrowsWhatIsHardToTell() {
    isRefused(
        source -> source.replace("B() {", "B() { if (true) throw new OutOfMemoryError(\"heap\");"),
        "the technique class x.B needs more memory than Java has: OutOfMemoryError: heap; if it must have it, give Java more with -Xmx");
    isRefused(
        source ->
            source.replace(
                "B() {",
                "B() { class Odd extends Error { public String getMessage() { throw this; }"
                    + " public Throwable getCause() { throw this; } } if (true) throw new Odd();"),
        "the technique class x.B failed with Odd: (its message cannot be read)");
    isRefused(
        source ->
            source.replace(
                "B() {",
                "B() { B.<RuntimeException>disguised(); } static <E extends Exception> void disguised() throws E { throw (E) new ClassNotFoundException(\"sneaky\");"),
        "the technique class x.B failed with ClassNotFoundException: sneaky");
  }

  @Test
  void sameTechniqueInTwoJars() {
    isRefused(
        JarMaker.plugin("bad").technique("x.B", "before"),
        "bad.jar (bad): provides the technique 'before', which plugin jar a-before.jar provides"
            + " already; remove one of the two");
  }

  @Test
  void sameTechniqueTwiceInOneJar() {
    isRefused(
        JarMaker.plugin("bad").technique("x.B", "twin").technique("x.C", "twin"),
        "bad.jar (bad): provides the technique 'twin' twice");
  }

  @Test
  void jarWithTakenNameGivesNoneOfItsTechniques() {
    JarMaker.plugin("bad").technique("x.B", "fresh").technique("x.C", "before").write(jar);
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
      assertThat(plugins.refused())
          .singleElement()
          .satisfies(
              refused -> {
                assertThat(refused.path()).isEqualTo(jar);
                assertThat(refused.id()).isEqualTo("bad");
              });
    }
  }

  @Test
  void nothingIsPrinted() throws IOException {
    bench.load().close(); // The logging library may print a message at its first use.
    Files.createFile(jar);
    JarMaker.plugin("c").service("x.Missing").write(folder.resolve("c.jar"));
    JarMaker.sound("d").manifest("Plugin-Dependencies", "c").write(folder.resolve("d.jar"));
    JarMaker.sound("e").manifest("Plugin-Requires", ">=2.0.0").write(folder.resolve("e.jar"));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(caught);
    System.setErr(caught);
    try (Plugins plugins = bench.load()) {
      assertThat(plugins.refused()).hasSize(4);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void folderThatDoesNotExist() {
    Path missing = folder.resolve("missing");
    assertThat(Plugins.load(List.of(PluginFolder.standard(missing)), PluginBench.host(), "0.1.0"))
        .satisfies(plugins -> assertThat(plugins.techniques()).isEmpty());
    assertThatThrownBy(() -> PluginBench.load(missing))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The plugin folder " + missing + " does not exist; name a folder with plugin jars.");
  }

  @Test
  void folderThatIsAFile() {
    Path file = folder.resolve("a-before.jar");
    assertThatThrownBy(() -> PluginBench.load(file))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The plugin folder " + file + " is not a folder; name a folder with plugin jars.");
  }
}
