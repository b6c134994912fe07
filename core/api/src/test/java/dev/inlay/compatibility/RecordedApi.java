package dev.inlay.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The texts of the api that lie in the repository, one for each version: 0.1.0.txt. */
final class RecordedApi {

  private static final String HEAD =
      """
      # The api of inlay-api %s, which jars of plugins are built with. Written by
      #   %s
      """;

  private final Path folder;
  private final String version;

  /**
   * The texts in a folder.
   *
   * @param version the version of the project
   */
  RecordedApi(Path folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  /** The newest text; one of another major version promised nothing to this one. */
  Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .filter(file -> numbers(versionOf(file))[0] == numbers(version)[0])
          .max(Comparator.comparing(file -> numbers(versionOf(file)), Arrays::compare));
    }
  }

  static String versionOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.txt$", "");
  }

  private static int[] numbers(String version) {
    return Stream.of(version.replaceFirst("-.*", "").split("\\.", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /**
   * What is wrong with the api, in one message; empty if a text of this major version is recorded
   * and the api is exactly that.
   *
   * @param command the command that records the api
   */
  Optional<String> problem(ApiText now, String command) throws IOException {
    Optional<Path> file = newest();
    if (file.isEmpty()) {
      return Optional.of(
          "No text in %s records the api of version %s. Record it: %s"
              .formatted(folder, version, command));
    }
    Path text = file.get();
    ApiChanges changes = ApiChanges.between(ApiText.parse(Files.readString(text)), now);
    if (!changes.breaks().isEmpty()) {
      return Optional.of(
          """
          The api breaks what %s records. Plugins that were built with %s would fail:
            %s
          If it must be: raise the major version of Inlay. If %s was never published: delete the file and record the api again: %s"""
              .formatted(
                  text,
                  versionOf(text),
                  String.join("\n  ", changes.breaks()),
                  versionOf(text),
                  command));
    }
    if (!changes.additions().isEmpty()) {
      return Optional.of(
          """
          The api has what %s does not record. No plugin is harmed, but what is published stays:
            %s
          If it shall be api, record it: %s"""
              .formatted(text, String.join("\n  ", changes.additions()), command));
    }
    return Optional.empty();
  }

  /** Writes the api as this version's text, unless it breaks the newest one. */
  void write(ApiText now, String command) throws IOException {
    Optional<Path> file = newest();
    if (file.isPresent()) {
      List<String> breaks =
          ApiChanges.between(ApiText.parse(Files.readString(file.get())), now).breaks();
      if (!breaks.isEmpty()) {
        return; // Only additions are accepted by command.
      }
    }
    Files.createDirectories(folder);
    Path text = folder.resolve(version.replaceFirst("-.*", "") + ".txt");
    Files.writeString(text, HEAD.formatted(versionOf(text), command) + now);
  }
}
