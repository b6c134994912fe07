package dev.inlay.cli.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The golden files in the folder that the property {@code inlay.shared} names. */
public final class Golden {

  private Golden() {}

  /** The files of these folders, by name; without the property, the test is skipped. */
  static List<Path> files(String... folders) throws IOException {
    String shared = System.getProperty("inlay.shared", "");
    Assumptions.assumeFalse(
        shared.isBlank(), "skipped: the property inlay.shared names no folder with golden files");
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> found = Files.list(Path.of(shared, "golden", folder))) {
        found.filter(f -> f.toString().endsWith(".safetensors")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /** One file of the repository: the test resource of a plugin, whatever its group. */
  public static Path of(String plugin, String name) {
    String file = plugin + "/src/test/resources/golden/" + name + ".safetensors";
    try (Stream<Path> groups = Files.list(Path.of("..", "plugins"))) {
      return groups
          .map(group -> group.resolve(file))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no plugins/*/" + file + "."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
