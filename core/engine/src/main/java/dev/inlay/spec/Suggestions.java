package dev.inlay.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Finds the known words that are nearest to a misspelt one. */
public final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /**
   * A question to put behind a message, such as {@code " Did you mean 'rates'?"}, with a space
   * before it; empty if no known word is near.
   */
  public static String didYouMean(String word, Collection<String> known) {
    List<String> near = near(word, known);
    if (near.isEmpty()) {
      return "";
    }
    int last = near.size() - 1;
    String before = String.join("', '", near.subList(0, last));
    return " Did you mean '" + before + (last > 0 ? "' or '" : "") + near.get(last) + "'?";
  }

  /**
   * The known words nearest to a word, at most three: all equally few letters away, one away in
   * short words, up to three in long ones, or with the word as their beginning. Case, hyphens and
   * underscores do not count.
   */
  public static List<String> near(String word, Collection<String> known) {
    String wanted = fold(word);
    int most = wanted.length() <= 4 ? 1 : wanted.length() <= 8 ? 2 : 3;
    int best = most;
    List<String> near = new ArrayList<>();
    for (String candidate : new TreeSet<>(known)) {
      String name = fold(candidate);
      boolean begun = wanted.length() >= 3 && name.startsWith(wanted);
      int distance =
          Math.abs(name.length() - wanted.length()) <= most ? distance(wanted, name) : 99;
      distance = begun ? Math.min(distance, most) : distance;
      if (distance < best) {
        near.clear();
        best = distance;
      }
      if (distance == best) {
        near.add(candidate);
      }
    }
    return List.copyOf(near.subList(0, Math.min(MOST, near.size())));
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Letters to insert, leave out, replace, or swap with their neighbour. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int edited = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        cost[i][j] = Math.min(edited, cost[i - 1][j - 1] + other);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
