package dev.inlay.plugin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The jars that classes and resources are read from. Only those that were read last are open, so
 * that a process which may open 1,024 files can use thousands of plugins.
 */
final class OpenJars {

  private static final int MOST = 64;

  /** Reads something from an open jar; null if the jar does not have it. */
  @FunctionalInterface
  interface Reading<T> {
    @Nullable T from(JarFile jar) throws IOException;
  }

  /** What tells that a file is still the one that was inspected. */
  private record Stamp(long size, FileTime modified) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.size(), attributes.lastModifiedTime());
    }
  }

  private final Map<Path, JarFile> open = new LinkedHashMap<>(MOST, 0.75f, true);
  private final Map<Path, Stamp> stamps = new HashMap<>();

  /**
   * Reads from a jar, which is opened if need be. Another thread may close the jar afterwards, so
   * the result must not read from it.
   *
   * @throws IOException if the jar cannot be read or is not the file that was opened at first
   */
  synchronized <T> @Nullable T read(Path path, Reading<T> reading) throws IOException {
    JarFile jar = open.get(path);
    if (jar == null) {
      jar = opened(path);
      open.put(path, jar);
      closeLongestUnread();
    }
    return reading.from(jar);
  }

  /** Closes a jar that no class needs any more. */
  synchronized void close(Path path) throws IOException {
    JarFile jar = open.remove(path);
    if (jar != null) {
      jar.close();
    }
  }

  private JarFile opened(Path path) throws IOException {
    Stamp stamp = Stamp.of(path);
    Stamp first = stamps.putIfAbsent(path, stamp);
    if (first != null && !first.equals(stamp)) {
      throw new IOException("the jar %s was changed while it is in use".formatted(path));
    }
    File file = path.toFile();
    return new JarFile(file, true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
  }

  private void closeLongestUnread() throws IOException {
    if (open.size() > MOST) {
      close(open.keySet().iterator().next());
    }
  }
}
