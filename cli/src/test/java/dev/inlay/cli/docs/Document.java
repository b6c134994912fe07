package dev.inlay.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown document of the project.
 *
 * @param path where it lies
 * @param text its text
 */
record Document(Path path, String text) {

  /** The root of the project, from the folder that tests run in. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  /** A fenced block of code. */
  record Block(String language, String code) {}

  /** The README and all documents. */
  static List<Document> all() {
    try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
      List<Path> paths = new ArrayList<>(List.of(ROOT.resolve("README.md")));
      documents.filter(path -> path.toString().endsWith(".md")).sorted().forEach(paths::add);
      return paths.stream().map(Document::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document read(Path path) {
    try {
      return new Document(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return ROOT.relativize(path).toString();
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(new Block(found.group(1), found.group(2)));
    }
    return blocks;
  }

  /** The code of all blocks in a language. */
  List<String> code(String language) {
    return blocks().stream()
        .filter(block -> block.language().equals(language))
        .map(Block::code)
        .toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
