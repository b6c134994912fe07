package dev.inlay.files;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kinds of files by their first bytes, as their formats' specifications give them. The first row
 * that fits decides, so that longer signatures stand before shorter ones.
 */
final class FirstBytes {
  private static final List<KindRow> ROWS =
      Stream.of(
              WeightKinds.ROWS,
              ImageKinds.ROWS,
              DataKinds.ROWS,
              ZipKinds.BY_FIRST_ENTRY,
              TextKinds.ROWS)
          .flatMap(List::stream)
          .toList();

  private static final FileKind EMPTY = new FileKind("empty", "Fetch or save it again.");

  private FirstBytes() {}

  static Optional<FileKind> kind(FileStart start) {
    if (start.isEmpty()) {
      return Optional.of(EMPTY);
    }
    return ROWS.stream()
        .filter(row -> row.test().test(start))
        .map(KindRow::kind)
        .findFirst()
        .or(() -> start.isText() ? Optional.of(TextKinds.unknown(start)) : Optional.empty());
  }
}
