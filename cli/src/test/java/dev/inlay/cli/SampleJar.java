package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Plugin jars of one technique, compiled on the spot. */
public final class SampleJar {

  private static final String SOURCE =
      """
      package sample.%2$s;

      import dev.inlay.*;

      @Named(value = "%1$s", says = "Multiplies the last map.")
      @Cites(title = "On Factors", authors = "Nobody", venue = "Nowhere 1999",
          url = "https://example.org")
      public final class Sample implements ContextModule<Sample.Options> {
        public record Options(@Option(value = "what the map is multiplied with", is = "2") double factor) {}

        public Sample() {
          %4$s
        }

        public Features build(Options options, Features input, Scope scope) {
          %3$s
        }
      }
      """;

  private static final String SOUND =
      "return input.withLast(input.last().times(options.factor()));";

  private SampleJar() {}

  /** A jar whose technique multiplies the last map. */
  public static Path sound(Path folder, String name) throws Exception {
    return make(folder, name, "", SOUND);
  }

  /** A jar whose technique is built by these statements. */
  public static Path withBody(Path folder, String name, String statements) throws Exception {
    return make(folder, name, "", statements);
  }

  /** A jar whose technique loads, but fails when it is built. */
  public static Path failing(Path folder, String name) throws Exception {
    return make(folder, name, "", "throw new IllegalStateException(\"not today\");");
  }

  /** A jar whose technique runs these statements when it is created. */
  public static Path creating(Path folder, String name, String statements) throws Exception {
    return make(folder, name, statements, SOUND);
  }

  /** A jar whose technique runs these statements when it is built. */
  public static Path building(Path folder, String name, String statements) throws Exception {
    return make(folder, name, "", "if (true) { " + statements + " }\n" + SOUND);
  }

  private static Path make(Path folder, String name, String create, String build) throws Exception {
    String packageName = name.replace("-", "");
    String source = SOURCE.formatted(name, packageName, build, create);
    return of(folder, name, packageName, source, Map.of());
  }

  /**
   * A jar of one class {@code sample.PACKAGE.Sample}, which its service file names.
   *
   * @param resources further entries and their text
   */
  public static Path of(
      Path folder, String name, String packageName, String source, Map<String, String> resources)
      throws Exception {
    Path work = Files.createTempDirectory(folder, "work");
    Path file = work.resolve("Sample.java");
    Files.writeString(file, source);
    Path classes = work.resolve("classes");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(code).isZero();

    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Plugin-Id", name);
    attributes.putValue("Plugin-Version", "1.2.3");
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream stream = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(stream, manifest);
        Stream<Path> files = Files.walk(classes)) {
      add(
          out,
          "META-INF/services/dev.inlay.Technique",
          ("sample." + packageName + ".Sample\n").getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, String> each : resources.entrySet()) {
        add(out, each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8));
      }
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        String entry = classes.relativize(path).toString().replace('\\', '/');
        add(out, entry, Files.readAllBytes(path));
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
