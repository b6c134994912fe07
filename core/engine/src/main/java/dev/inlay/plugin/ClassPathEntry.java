package dev.inlay.plugin;

import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The jar or folder of the class path in which a service file lies.
 *
 * @param name its name in messages: a jar's file name, a folder's path
 * @param path its path; null for an entry that is not a file
 */
record ClassPathEntry(String name, @Nullable Path path) {

  static ClassPathEntry of(URL serviceFile) {
    String url = serviceFile.toString();
    String entry =
        url.startsWith("jar:")
            ? url.substring("jar:".length()).replaceFirst("!/.*", "")
            : url.substring(0, url.length() - Providers.SERVICE_FILE.length());
    try {
      Path path = Path.of(URI.create(entry));
      String name = Files.isDirectory(path) ? path.toString() : String.valueOf(path.getFileName());
      return new ClassPathEntry(name, path);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return new ClassPathEntry(entry, null);
    }
  }
}
