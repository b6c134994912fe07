package dev.inlay.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/**
 * Semantic versions and ranges of versions. They are read as by PF4J with two differences: a
 * qualifier such as -SNAPSHOT is ignored, and a bare version as a range means that version or
 * newer.
 */
final class Versions {

  /** How to write a range, for messages. */
  static final String RANGE_RULE = "write a range as '1.2.0' (or newer) or '>=1.2.0 & <2.0.0'";

  private static final VersionManager SEMVER = new DefaultVersionManager();
  private static final Pattern QUALIFIER = Pattern.compile("(\\d)[-+][A-Za-z][0-9A-Za-z.+-]*");
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,8})(?:\\.(\\d{1,8}))?(?:\\.(\\d{1,8}))?");
  private static final Pattern BARE = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  private Versions() {}

  static boolean isVersion(String text) {
    try {
      return SEMVER.compareVersions(text, text) == 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  static boolean isRange(String text) {
    try {
      fit("0.0.0", text);
      return true;
    } catch (RuntimeException | StackOverflowError e) { // The parser recurses at each bracket.
      return false;
    }
  }

  /** Whether the version lies in the range. */
  static boolean fit(String version, String range) {
    String plain = withoutQualifiers(range);
    return SEMVER.checkVersionConstraint(
        version.replaceFirst("[-+].*", ""), BARE.matcher(plain).matches() ? ">=" + plain : plain);
  }

  /** What to do about a version of Inlay that does not lie in the range a plugin requires. */
  static String wayOut(String version, String range) {
    List<String> near = near(range);
    boolean newer = near.stream().anyMatch(each -> fit(each, range) && isOlder(version, each));
    boolean older = near.stream().anyMatch(each -> fit(each, range) && isOlder(each, version));
    if (newer && older) {
      return "update Inlay, or take another version of the plugin";
    }
    if (newer) {
      return "update Inlay, or take an older version of the plugin";
    }
    return older
        ? "update the plugin, or take an older Inlay"
        : "no version lies in that range, so correct it";
  }

  private static boolean isOlder(String one, String other) {
    return SEMVER.compareVersions(one.replaceFirst("[-+].*", ""), other) < 0;
  }

  /** The versions that a range names, and some before and behind each of them. */
  private static List<String> near(String range) {
    List<String> near = new ArrayList<>(List.of("0.0.0"));
    Matcher named = NUMBERS.matcher(range);
    while (named.find()) {
      int major = Integer.parseInt(named.group(1));
      int minor = number(named.group(2));
      int patch = number(named.group(3));
      near.add("%d.%d.%d".formatted(major, minor, patch));
      near.add("%d.%d.%d".formatted(major, minor, patch + 1));
      near.add("%d.%d.0".formatted(major, minor + 1));
      near.add("%d.0.0".formatted(major + 1));
      near.add("%d.%d.%d".formatted(major, minor, Math.max(0, patch - 1)));
      near.add("%d.%d.0".formatted(major, Math.max(0, minor - 1)));
      near.add("%d.0.0".formatted(Math.max(0, major - 1)));
    }
    return near;
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static String withoutQualifiers(String range) {
    return QUALIFIER.matcher(range.strip()).replaceAll("$1");
  }
}
