package dev.inlay.files;

import java.util.List;

/** Texts by their first words, such as a server's answer in the place of a file. */
final class TextKinds {
  private static final int SHOWN = 40;

  static final List<KindRow> ROWS =
      List.of(
          KindRow.of(
              "version https://git-lfs",
              new FileKind("a Git LFS pointer", "Fetch the file itself with `git lfs pull`.")),
          KindRow.text(
              start -> start.begins("<!doctype html", "<html", "<head", "<!--"),
              new FileKind("a web page", WayOut.FETCHED, "Download the image itself.")),
          KindRow.text(
              start -> start.begins("<?xml", "<error"),
              new FileKind(
                  "an XML document, which may be a server's answer in the place of a file",
                  WayOut.FETCHED)),
          KindRow.text(
              start -> start.begins("{", "[") && start.contains("\"weight_map\""),
              new FileKind(
                  "the index of a model in several files",
                  "Give it to inlay import, with the files that it names beside it.",
                  WayOut.IMAGE)),
          KindRow.text(
              start -> start.begins("{", "["),
              new FileKind(
                  "JSON",
                  "A configuration goes to --config. If it is a server's answer, check the address that it was fetched from.",
                  "If it is a server's answer, check the address that it was fetched from; if it describes images, give these.")),
          KindRow.text(
              start -> start.isNamed(".yaml", ".yml"),
              new FileKind("YAML", "A spec goes to --network.", WayOut.IMAGE)),
          KindRow.text(
              start -> start.isNamed(".py") || start.begins("_base_", "import ", "from "),
              new FileKind(
                  "a Python program",
                  "Nothing is run. Give the weights, and a configuration as JSON with --config.",
                  WayOut.IMAGE)));

  private TextKinds() {}

  /** A text of no known form, which is often a server's answer such as {@code Not found}. */
  static FileKind unknown(FileStart start) {
    String line = start.line();
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    return new FileKind(
        "a text that begins with '%s'".formatted(shown.replaceAll("\\p{Cntrl}", "?")),
        WayOut.FETCHED);
  }
}
