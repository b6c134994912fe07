package dev.inlay.data;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody probably meant. */
final class Near {
  private Near() {}

  /** Says " Did you mean 'x'?" where a known name is close, and nothing otherwise. */
  static String hint(String wrong, Collection<String> known) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String each : known) {
      int edits = edits(wrong.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT));
      if (edits < least) {
        least = edits;
        best = each;
      }
    }
    return least <= Math.max(1, best.length() / 3) ? " Did you mean '" + best + "'?" : "";
  }

  /** The least number of insertions, deletions and replacements from a to b. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
