package dev.inlay.cli.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rows of text with aligned columns, two spaces apart; the last column may be of any length. */
public final class Table {

  private static final int LONGEST = 2_000;

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> right;

  /**
   * An empty table.
   *
   * @param right the columns that are aligned on the right, counted from 0
   */
  public Table(Integer... right) {
    this.right = Set.of(right);
  }

  public void row(String... cells) {
    rows.add(
        Arrays.stream(cells)
            .map(cell -> Shown.shortened(cell, LONGEST))
            .map(Shown::onOneLine)
            .toList());
  }

  /** The lines, each after the indent and without trailing blanks. */
  public String text(String indent) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        String space = " ".repeat(width[i] - row.get(i).length());
        line.append(right.contains(i) ? space + row.get(i) : row.get(i) + space).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
