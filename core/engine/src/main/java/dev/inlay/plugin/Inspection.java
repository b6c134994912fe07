package dev.inlay.plugin;

import dev.inlay.files.SmallFile;
import dev.inlay.guard.Causes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Checks one jar's file, manifest and entries before any of its classes is loaded. The jar is read
 * as a zip file: {@link JarFile} would read a manifest whole that claims to be small.
 */
final class Inspection {

  private static final int MOST_ENTRIES = 65_535;
  static final int LARGEST_ENTRY = 256 << 20;
  private static final long LARGEST_JAR = 1L << 30;
  private static final int LARGEST_TEXT = 1 << 20;

  private static final Pattern OF_VERSION = Pattern.compile("^META-INF/versions/\\d+/");

  private final Path path;
  private final String coreVersion;
  private @Nullable String id;

  Inspection(Path path, String coreVersion) {
    this.path = path;
    this.coreVersion = coreVersion;
  }

  /** The plugin id; null until it is read. */
  @Nullable String id() {
    return id;
  }

  Candidate inspect(@Nullable AllowList allowed) throws BadJar {
    checkFile();
    if (allowed != null) {
      allowed.check(path);
    }
    try (ZipFile jar = new ZipFile(path.toFile())) {
      Attributes attributes = manifest(jar);
      if (KotlinLibrary.is(jar, attributes)) {
        id = KotlinLibrary.ID;
        checkEntries(jar);
        return KotlinLibrary.candidate(path, attributes, Signature.signers(path, jar));
      }
      PluginManifest manifest = new PluginManifest(attributes);
      id = manifest.id();
      checkEntries(jar);
      return new Candidate(
          path, manifest.descriptor(coreVersion), classNames(jar), Signature.signers(path, jar));
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

  private static void checkEntries(ZipFile jar) throws BadJar {
    if (jar.size() > MOST_ENTRIES) {
      throw new BadJar(
          "has %d entries; a plugin may have at most %d".formatted(jar.size(), MOST_ENTRIES));
    }
    long total = 0;
    Iterator<? extends ZipEntry> entries = jar.entries().asIterator();
    while (entries.hasNext()) {
      ZipEntry entry = entries.next();
      checkName(entry.getName());
      checkSize(entry.getName(), entry.getSize(), LARGEST_ENTRY);
      total += Math.max(0, entry.getSize());
    }
    if (total > LARGEST_JAR) {
      throw new BadJar(
          "unpacks to %d MB; a plugin may have at most %d MB"
              .formatted(megabytes(total), megabytes(LARGEST_JAR)));
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
    if (file.endsWith(".class") && SharedClasses.everyHostHas(file)) {
      throw new BadJar(
          "contains its own copy of a shared class: "
              + file
              + "; build it with the scope 'provided' for what Inlay brings");
    }
  }

  private static void checkSize(String name, long size, long most) throws BadJar {
    if (size > most) {
      throw new BadJar(
          "has the entry %s of %d MB; the limit is %d MB"
              .formatted(name, megabytes(size), megabytes(most)));
    }
  }

  private static long megabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private static Attributes manifest(ZipFile jar) throws BadJar, IOException {
    ZipEntry entry =
        jar.stream()
            .filter(each -> each.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadJar(
                        "has no " + JarFile.MANIFEST_NAME + "; a plugin names itself there"));
    return new Manifest(text(jar, entry)).getMainAttributes();
  }

  private static Set<String> classNames(ZipFile jar) throws BadJar, IOException {
    ZipEntry entry = jar.getEntry(Providers.SERVICE_FILE);
    return entry == null ? Set.of() : Providers.classNames(text(jar, entry));
  }

  /** An entry that is text; neither its claimed size nor its real one may be large. */
  private static InputStream text(ZipFile jar, ZipEntry entry) throws BadJar, IOException {
    checkSize(entry.getName(), entry.getSize(), LARGEST_TEXT);
    try (InputStream stream = jar.getInputStream(entry)) {
      return new ByteArrayInputStream(SmallFile.atMost(stream, LARGEST_TEXT));
    } catch (SmallFile.TooLargeException e) {
      throw new BadJar(
          "has the entry %s, which is larger than it claims; the limit is %d MB"
              .formatted(entry.getName(), megabytes(LARGEST_TEXT)));
    }
  }
}
