package dev.inlay.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/** Looks at one jar from the outside, before any of its classes is loaded. */
final class Inspection {

  private static final int MOST_ENTRIES = 65_535;
  private static final long LARGEST_ENTRY = 256L << 20;
  private static final long LARGEST_JAR = 1L << 30;
  private static final long LARGEST_MANIFEST = 1L << 20;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern OF_VERSION = Pattern.compile("^META-INF/versions/\\d+/");

  private final Path path;
  private final String coreVersion;
  private @Nullable String id;

  Inspection(Path path, String coreVersion) {
    this.path = path;
    this.coreVersion = coreVersion;
  }

  /** The plugin id, once it was read. */
  @Nullable String id() {
    return id;
  }

  Candidate inspect(@Nullable AllowList allowed) throws BadJar {
    checkFile();
    if (allowed != null) {
      allowed.check(path);
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      Attributes manifest = manifest(jar);
      id = id(manifest);
      checkEntries(jar);
      return new Candidate(path, descriptor(manifest));
    } catch (IOException | RuntimeException e) {
      throw new BadJar("cannot be opened as a jar: " + Causes.inWords(e) + "; copy it here again");
    }
  }

  private void checkFile() throws BadJar {
    if (Files.isDirectory(path)) {
      throw new BadJar("is a folder; a plugin is one jar file");
    }
    if (Files.isSymbolicLink(path) && Files.notExists(path)) {
      throw new BadJar("is a link to a file that does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw new BadJar("is not a regular file");
    }
    if (!Files.isReadable(path)) {
      throw new BadJar("cannot be read: permission denied");
    }
  }

  private static void checkEntries(JarFile jar) throws BadJar {
    if (jar.size() > MOST_ENTRIES) {
      throw new BadJar("has " + jar.size() + " entries; a plugin may have at most " + MOST_ENTRIES);
    }
    long total = 0;
    Iterator<JarEntry> entries = jar.entries().asIterator();
    while (entries.hasNext()) {
      JarEntry entry = entries.next();
      checkName(entry.getName());
      checkSize(entry.getName(), entry.getSize(), LARGEST_ENTRY);
      total += Math.max(0, entry.getSize());
    }
    if (total > LARGEST_JAR) {
      throw new BadJar(
          "unpacks to "
              + megabytes(total)
              + " MB; a plugin may have at most "
              + megabytes(LARGEST_JAR)
              + " MB");
    }
  }

  private static void checkName(String name) throws BadJar {
    if (name.startsWith("/")
        || name.contains("\\")
        || name.indexOf('\0') >= 0
        || Arrays.asList(name.split("/", -1)).contains("..")) {
      throw new BadJar(
          "has an entry named '" + name + "', which points outside the jar; do not trust it");
    }
    String file = OF_VERSION.matcher(name).replaceFirst("");
    if (file.endsWith(".class") && SharedClasses.includeResource(file)) {
      throw new BadJar(
          "contains its own copy of a shared class: "
              + file
              + "; build it with the scope 'provided' for what Inlay brings");
    }
  }

  private static void checkSize(String name, long size, long most) throws BadJar {
    if (size > most) {
      throw new BadJar(
          "has the entry "
              + name
              + " of "
              + megabytes(size)
              + " MB; the limit is "
              + megabytes(most)
              + " MB");
    }
  }

  private static long megabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private static Attributes manifest(JarFile jar) throws BadJar, IOException {
    JarEntry entry = jar.getJarEntry(JarFile.MANIFEST_NAME);
    if (entry != null) {
      checkSize(entry.getName(), entry.getSize(), LARGEST_MANIFEST);
    }
    Manifest manifest = jar.getManifest();
    if (manifest == null) {
      throw new BadJar("has no " + JarFile.MANIFEST_NAME + "; a plugin names itself there");
    }
    return manifest.getMainAttributes();
  }

  private static String id(Attributes manifest) throws BadJar {
    String id = required(manifest, ManifestPluginDescriptorFinder.PLUGIN_ID);
    if (!ID.matcher(id).matches()) {
      throw new BadJar(
          "has the Plugin-Id '" + id + "'; an id is letters, digits, '.', '_' and '-'");
    }
    return id;
  }

  private PluginDescriptor descriptor(Attributes manifest) throws BadJar {
    String version = required(manifest, ManifestPluginDescriptorFinder.PLUGIN_VERSION);
    if (!Versions.isVersion(version)) {
      throw new BadJar(
          "has the Plugin-Version '" + version + "'; a version has three numbers, as in 1.2.0");
    }
    absent(
        manifest,
        ManifestPluginDescriptorFinder.PLUGIN_CLASS,
        "techniques need none, they are found through " + Providers.SERVICE_FILE);
    absent(
        manifest,
        Attributes.Name.CLASS_PATH.toString(),
        "a plugin is one jar: pack its libraries into it");
    PluginDescriptor descriptor = new Parser().parse(manifest);
    checkRequirements(descriptor);
    return descriptor;
  }

  private static String required(Attributes manifest, String name) throws BadJar {
    String value = manifest.getValue(name);
    if (value == null || value.isBlank()) {
      throw new BadJar("has no " + name + " in its manifest");
    }
    return value;
  }

  private static void absent(Attributes manifest, String name, String reason) throws BadJar {
    String value = manifest.getValue(name);
    if (value != null && !value.isBlank()) {
      throw new BadJar("has '" + name + ": " + value + "' in its manifest; " + reason);
    }
  }

  private void checkRequirements(PluginDescriptor descriptor) throws BadJar {
    String requires = descriptor.getRequires();
    if (!Versions.isRange(requires)) {
      throw new BadJar(
          "has the Plugin-Requires '"
              + requires
              + "', which is no range of versions; "
              + Versions.RANGE_RULE);
    }
    List<PluginDependency> dependencies = descriptor.getDependencies();
    for (PluginDependency dependency : dependencies) {
      if (!ID.matcher(dependency.getPluginId()).matches()
          || !Versions.isRange(dependency.getPluginVersionSupport())) {
        throw new BadJar(
            "has Plugin-Dependencies with '"
                + written(dependency)
                + "', which is not a plugin id, '@' and a range of versions; a comma separates"
                + " dependencies; "
                + Versions.RANGE_RULE);
      }
    }
    if (!Versions.fit(coreVersion, requires)) {
      throw new BadJar("needs Inlay's core " + requires + "; this is " + coreVersion);
    }
  }

  private static String written(PluginDependency dependency) {
    String range = dependency.getPluginVersionSupport();
    return dependency.getPluginId()
        + (dependency.isOptional() ? "?" : "")
        + (range.equals("*") ? "" : "@" + range);
  }

  /** PF4J's reading of a manifest, for one that is open already. */
  private static final class Parser extends ManifestPluginDescriptorFinder {
    PluginDescriptor parse(Attributes attributes) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().putAll(attributes);
      return createPluginDescriptor(manifest);
    }
  }
}
