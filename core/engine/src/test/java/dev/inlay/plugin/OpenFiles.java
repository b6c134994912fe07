package dev.inlay.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that this process has open, as Linux lists them. */
final class OpenFiles {

  private OpenFiles() {}

  /** How many open files lie in a folder or below it. */
  static long below(Path folder) throws IOException {
    String root = folder.toRealPath().toString();
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return handles.filter(handle -> target(handle).startsWith(root)).count();
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      return ""; // The handle that lists the handles is gone by now.
    }
  }
}
