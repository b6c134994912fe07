package dev.inlay.plugin;

import dev.inlay.Technique;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes plugin jars for tests, sound ones and broken ones, from source text. */
final class JarMaker {

  private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED =
      new ConcurrentHashMap<>();

  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final Map<String, UnaryOperator<byte[]>> patches = new HashMap<>();
  private final List<String> services = new ArrayList<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, Integer> claims = new LinkedHashMap<>();

  private JarMaker() {}

  /** A jar without contents; {@link #manifest} adds a manifest. */
  static JarMaker empty() {
    return new JarMaker();
  }

  /** A plugin of version 1.0.0 without classes. */
  static JarMaker plugin(String id) {
    return new JarMaker().manifest("Plugin-Id", id).manifest("Plugin-Version", "1.0.0");
  }

  /** A plugin with one technique in the class {@code x.Only}, which has the plugin's name. */
  static JarMaker sound(String id) {
    return plugin(id).technique("x.Only", id);
  }

  JarMaker manifest(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  JarMaker withoutManifest(String name) {
    manifest.remove(name);
    return this;
  }

  /** Adds a technique that passes its features on, and its line in the service file. */
  JarMaker technique(String className, String name) {
    return technique(className, name, source -> source);
  }

  /** Adds a technique whose source is changed before it is compiled. */
  JarMaker technique(String className, String name, UnaryOperator<String> change) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    String source =
        """
        package %s;
        import dev.inlay.*;
        @Named(value = "%s", says = "Passes features on.")
        public final class %s implements ContextModule<%s.Options> {
          public record Options() {}
          public %s() {}
          public Features build(Options options, Features input, Scope scope) { return input; }
        }
        """
            .formatted(
                className.substring(0, className.lastIndexOf('.')), name, simple, simple, simple);
    return source(className, change.apply(source)).service(className);
  }

  /** Adds a class. */
  JarMaker source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  /** Compiles with a class that is left out of the jar. */
  JarMaker compiledWith(String className, String text) {
    leftOut.add(className);
    return source(className, text);
  }

  /** Changes the bytes of a compiled class. */
  JarMaker patch(String className, UnaryOperator<byte[]> change) {
    patches.put(className, change);
    return this;
  }

  /** Adds a line to the service file of techniques. */
  JarMaker service(String line) {
    services.add(line);
    return this;
  }

  JarMaker entry(String name, byte[] bytes) {
    entries.put(name, bytes);
    return this;
  }

  JarMaker entry(String name, String text) {
    return entry(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets the size of an entry in the jar's directory. */
  JarMaker claim(String entry, int size) {
    claims.put(entry, size);
    return this;
  }

  /** Writes the jar. */
  Path write(Path file) {
    try {
      byte[] bytes = bytes();
      for (Map.Entry<String, Integer> claim : claims.entrySet()) {
        setSize(bytes, claim.getKey(), claim.getValue());
      }
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (!manifest.isEmpty()) {
        Manifest written = new Manifest();
        written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach(written.getMainAttributes()::putValue);
        zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
        written.write(zip);
      }
      for (Map.Entry<String, byte[]> type : compiled(sources).entrySet()) {
        String name = type.getKey();
        if (!leftOut.contains(name.replaceFirst("\\$.*", ""))) {
          UnaryOperator<byte[]> patch = patches.getOrDefault(name, UnaryOperator.identity());
          zip.putNextEntry(new ZipEntry(name.replace('.', '/') + ".class"));
          zip.write(patch.apply(type.getValue().clone()));
        }
      }
      if (!services.isEmpty()) {
        zip.putNextEntry(new ZipEntry("META-INF/services/" + Technique.class.getName()));
        zip.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** Overwrites the uncompressed size in the entry's header of the central directory. */
  private static void setSize(byte[] zip, String entry, int size) {
    ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < zip.length - 46; at++) {
      if (buffer.getInt(at) == 0x02014b50
          && entry.equals(
              new String(zip, at + 46, buffer.getShort(at + 28), StandardCharsets.UTF_8))) {
        buffer.putInt(at + 24, size);
        return;
      }
    }
    throw new IllegalArgumentException("no entry " + entry);
  }

  private static Map<String, byte[]> compiled(Map<String, String> sources) {
    return sources.isEmpty()
        ? Map.of()
        : COMPILED.computeIfAbsent(new LinkedHashMap<>(sources), JarMaker::compile);
  }

  private static Map<String, byte[]> compile(Map<String, String> sources) {
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
    JavaFileManager files =
        new ForwardingJavaFileManager<JavaFileManager>(standard) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
              @Override
              public OutputStream openOutputStream() {
                return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
              }
            };
          }
        };
    List<String> options =
        List.of("-proc:none", "-Xlint:none", "-nowarn", "-classpath", api().toString());
    StringWriter messages = new StringWriter();
    boolean done =
        compiler
            .getTask(
                messages,
                files,
                null,
                options,
                null,
                sources.entrySet().stream().map(e -> text(e.getKey(), e.getValue())).toList())
            .call();
    if (!done) {
      throw new IllegalStateException(messages.toString());
    }
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
    return bytes;
  }

  private static JavaFileObject text(String className, String source) {
    return new SimpleJavaFileObject(
        URI.create("memory:///" + className.replace('.', '/') + ".java"),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** The location of the API's classes: the build folder or a jar. */
  static Path api() {
    try {
      return Path.of(Technique.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of the API, in the build folder or in a jar, with slashes. */
  static List<String> filesOfApi() throws IOException {
    Path api = api();
    if (Files.isDirectory(api)) {
      try (Stream<Path> files = Files.walk(api)) {
        return files.map(file -> api.relativize(file).toString().replace('\\', '/')).toList();
      }
    }
    try (JarFile jar = new JarFile(api.toFile())) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }
}
