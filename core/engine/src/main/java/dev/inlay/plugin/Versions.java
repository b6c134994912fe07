package dev.inlay.plugin;

import java.util.regex.Pattern;
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

  private static String withoutQualifiers(String range) {
    return QUALIFIER.matcher(range.strip()).replaceAll("$1");
  }
}
