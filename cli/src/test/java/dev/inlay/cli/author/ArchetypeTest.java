package dev.inlay.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Maven makes the project from the archetype that the command writes: the files that the metadata
 * names are filled by Velocity, then the archetype's own script puts them in their places.
 */
final class ArchetypeTest {

  private static final String RESOURCES = "/archetype-resources";
  private static final String METADATA = "/META-INF/maven/archetype-metadata.xml";
  private static final String SCRIPT = "/META-INF/archetype-post-generate.groovy";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void mavenMakesWhatTheCommandWrites(PluginKind kind) throws Exception {
    for (Language language : Language.values()) {
      String name = "my-%s-%s".formatted(kind, language);
      PluginProject project =
          new PluginProject(name, kind, language, "org.example", "org.example.tried");
      Properties versions = new Properties();
      try (InputStream stream = stream("/META-INF/maven/versions.properties")) {
        versions.load(stream);
      }
      assertThat(made(project, versions)).isEqualTo(new TreeMap<>(project.files(versions)));
    }
  }

  /** The files of the project that Maven makes, by their paths. */
  private Map<String, String> made(PluginProject project, Properties versions) throws Exception {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("kind", project.kind().toString());
    values.put("language", project.language().toString());
    values.put("groupId", project.group());
    values.put("artifactId", project.name());
    values.put("package", project.packageName());
    values.put("className", project.className());
    Element metadata = metadata();
    NodeList properties = metadata.getElementsByTagName("requiredProperty");
    for (int i = 0; i < properties.getLength(); i++) {
      Element property = (Element) properties.item(i);
      NodeList defaults = property.getElementsByTagName("defaultValue");
      if (defaults.getLength() > 0) {
        String value = defaults.item(0).getTextContent().replace("${artifactId}", project.name());
        values.putIfAbsent(property.getAttribute("key"), value);
      }
    }
    versions
        .stringPropertyNames()
        .forEach(key -> assertThat(values).containsEntry(key, versions.getProperty(key)));

    Path root = folder.resolve(project.name());
    withResources(
        resources -> {
          fill(resources.resolve("pom.xml"), root.resolve("pom.xml"), values);
          NodeList sets = metadata.getElementsByTagName("fileSet");
          for (int i = 0; i < sets.getLength(); i++) {
            fill((Element) sets.item(i), resources, root, values);
          }
        });
    runScript(project, values);
    return files(root);
  }

  private static Element metadata() throws Exception {
    try (InputStream stream = stream(METADATA)) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(stream)
          .getDocumentElement();
    }
  }

  private static InputStream stream(String resource) {
    InputStream stream = ArchetypeTest.class.getResourceAsStream(resource);
    assertThat(stream).as(resource).isNotNull();
    return stream;
  }

  /** Something done with the folder of templates. */
  private interface WithFolder {
    void use(Path resources) throws IOException;
  }

  private static void withResources(WithFolder body) throws IOException, URISyntaxException {
    URL place = ArchetypeTest.class.getResource(RESOURCES);
    assertThat(place).isNotNull();
    URI uri = place.toURI();
    if (uri.getScheme().equals("file")) {
      body.use(Path.of(uri));
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
      body.use(jar.getPath(RESOURCES));
    }
  }

  private static void fill(Element set, Path resources, Path root, Map<String, String> values)
      throws IOException {
    String directory = set.getElementsByTagName("directory").item(0).getTextContent();
    Path from = resources.resolve(directory);
    NodeList includes = set.getElementsByTagName("include");
    if (includes.getLength() > 0) {
      for (int i = 0; i < includes.getLength(); i++) {
        String file = includes.item(i).getTextContent();
        fill(from.resolve(file), root.resolve(directory).resolve(file), values);
      }
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = resources.relativize(file).toString();
        for (Map.Entry<String, String> value : values.entrySet()) {
          name = name.replace("__" + value.getKey() + "__", value.getValue());
        }
        fill(file, root.resolve(name), values);
      }
    }
  }

  private static void fill(Path template, Path file, Map<String, String> values)
      throws IOException {
    StringWriter text = new StringWriter();
    String source = Files.readString(template).replace("\r\n", "\n");
    new VelocityEngine()
        .evaluate(new VelocityContext(new LinkedHashMap<>(values)), text, file.toString(), source);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.toString());
  }

  private void runScript(PluginProject project, Map<String, String> values) throws IOException {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("outputDirectory", folder.toString());
    request.put("artifactId", project.name());
    request.put("properties", values);
    Binding binding = new Binding();
    binding.setVariable("request", request);
    try (InputStream stream = stream(SCRIPT)) {
      String script = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      new GroovyShell(ArchetypeTest.class.getClassLoader(), binding).evaluate(script);
    }
  }

  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    return files;
  }
}
