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

  /** The least number of insertions, deletions, replacements and swaps of neighbours. */
  private static int edits(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int shifted = 1 + Math.min(least[i - 1][j], least[i][j - 1]);
        least[i][j] = Math.min(replaced, shifted);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[a.length()][b.length()];
  }
}
