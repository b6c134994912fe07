package dev.inlay.plugin;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.files.WholeFile;
import dev.inlay.guard.Causes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Records the SHA-256 sums of a folder's jars in its {@code plugins.sha256}, which from then on
 * lists the only jars that are used. No code of a jar runs.
 */
public final class PluginLock {

  private PluginLock() {}

  /**
   * What was recorded.
   *
   * @param file the list
   * @param sums the sum of every jar, by file name
   * @param changes the jars that were not listed before, or with another sum, or are gone; by file
   *     name, what changed
   */
  public record Recorded(Path file, Map<String, String> sums, Map<String, String> changes) {}

  /**
   * Writes the list of a folder.
   *
   * @throws InlayException if the folder or a jar cannot be read, or the list not be written
   */
  public static Recorded record(PluginFolder folder) {
    Path file = folder.path().resolve(AllowList.FILE);
    Map<String, String> before = before(folder.path());
    Map<String, String> sums = new TreeMap<>();
    for (Path jar : folder.jars()) {
      String name = String.valueOf(jar.getFileName());
      Check.that(
          AllowList.canList(name),
          "The name of %s has a line break or a backslash, which a list cannot hold. Rename the jar.",
          jar);
      sums.put(name, sum(jar));
    }
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    WholeFile.writeText(file, text.toString());
    return new Recorded(file, sums, changes(before, sums));
  }

  private static Map<String, String> before(Path folder) {
    AllowList list = AllowList.in(folder);
    return list == null ? Map.of() : list.sums();
  }

  private static String sum(Path jar) {
    try {
      return AllowList.sha256(jar);
    } catch (IOException e) {
      throw new InlayException(
          "%s cannot be read: %s. Remove it, or let it be read.".formatted(jar, Causes.inWords(e)),
          e);
    }
  }

  private static Map<String, String> changes(Map<String, String> before, Map<String, String> now) {
    Map<String, String> changes = new TreeMap<>();
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    for (String name : all) {
      String old = before.get(name);
      String sum = now.get(name);
      if (old == null) {
        changes.put(name, "new");
      } else if (sum == null) {
        changes.put(name, "gone");
      } else if (!old.equals(sum)) {
        changes.put(name, "another file than before");
      }
    }
    return changes;
  }
}
