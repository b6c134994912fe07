package dev.inlay.cli.author;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Workbench;
import dev.inlay.files.WholeFolder;
import dev.inlay.spec.Techniques;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay new plugin}: writes a project with one technique, which builds as it is. */
@Command(
    name = "plugin",
    description =
        "Writes the project of a plugin with one technique: a small working example of its kind, a test and a pom. "
            + "It builds with 'mvn verify', and its jar works in a folder of plugins.",
    footer = {
      "",
      "Examples:",
      "  inlay new plugin squeeze-excite --kind context",
      "  inlay new plugin tversky --kind objective --language kotlin",
      "  cd squeeze-excite && mvn verify",
    })
final class NewPluginCommand implements Runnable {

  private static final String VERSIONS = "/META-INF/maven/versions.properties";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Workbench bench;

  @Parameters(
      paramLabel = "NAME",
      description =
          "The technique's name in specs: lower case, digits and hyphens. The jar and the folder are named alike.")
  private String name = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = PluginKind.Reader.class,
      description =
          "${COMPLETION-CANDIDATES}; a preparation is a decoder that computes parameters from labels; default: ${DEFAULT-VALUE}.")
  private PluginKind kind = PluginKind.CONTEXT;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      converter = Language.Reader.class,
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Language language = Language.JAVA;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The Maven group; default: ${DEFAULT-VALUE}.")
  private String group = "org.example";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The package of the class; default: the group and the name without hyphens.")
  private @Nullable String packageName;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The project's folder, which must not exist or be empty; default: the name.")
  private @Nullable Path folder;

  NewPluginCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    checkName();
    String inPackage = packageName == null ? defaultPackage() : packageName;
    checkPackage("--group", group);
    checkPackage(packageName == null ? "--group" : "--package", inPackage);
    PluginProject project = new PluginProject(name, kind, language, group, inPackage);
    Path place = folder == null ? Path.of(name) : folder;
    Map<String, String> files = project.files(versions());
    WholeFolder.write(place, files);
    report(project, place, files);
  }

  private void checkName() {
    Check.that(
        NAME.matcher(name).matches(),
        "'%s' is no name of a technique: it has lower-case letters, digits and single hyphens, and begins with a letter. Take a name such as squeeze-excite.",
        name);
    Techniques techniques = bench.techniques();
    techniques
        .entry(name)
        .ifPresent(
            entry -> {
              throw new InlayException(
                  "The name '%s' is taken by the technique of %s. Every technique has a name of its own; take another one."
                      .formatted(name, entry.origin()));
            });
  }

  private String defaultPackage() {
    String word = name.replace("-", "");
    return group + "." + (SourceVersion.isKeyword(word) ? word + "_" : word);
  }

  private static void checkPackage(String option, String value) {
    Check.that(
        SourceVersion.isName(value) && value.equals(value.strip()),
        "%s %s: '%s' is no package of Java. Give words with dots between them, such as org.example.",
        option,
        value,
        value);
  }

  private static Properties versions() {
    try (InputStream stream =
        Objects.requireNonNull(NewPluginCommand.class.getResourceAsStream(VERSIONS))) {
      Properties versions = new Properties();
      versions.load(stream);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(PluginProject project, Path place, Map<String, String> files) {
    PrintWriter out = bench.out();
    out.printf("%s: %s in %s%n", place, kind, language == Language.JAVA ? "Java" : "Kotlin");
    files.keySet().forEach(file -> out.println("  " + file));
    out.printf("%nNext:%n");
    out.printf("  cd %s && mvn verify%n", place);
    out.printf("  inlay check target/%s-0.1.0.jar%n", project.name());
    out.printf(
        "%nmvn takes Inlay's own jars from your local repository; 'mvn -DskipTests install' in Inlay's folder puts them there.%n");
  }
}
