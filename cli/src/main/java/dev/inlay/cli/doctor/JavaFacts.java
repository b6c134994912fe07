package dev.inlay.cli.doctor;

import dev.inlay.guard.Core;
import java.nio.charset.Charset;
import java.util.List;

/** Inlay, Java and the operating system. */
final class JavaFacts {

  private static final String ABOUT = "java";

  private JavaFacts() {}

  static List<Fact> all() {
    return List.of(
        Fact.ok(ABOUT, "inlay", Core.VERSION),
        Fact.ok(
            ABOUT,
            "version",
            "%s, %s".formatted(property("java.version"), property("java.vendor"))),
        heap(),
        Fact.ok(
            ABOUT,
            "system",
            "%s %s, %s"
                .formatted(property("os.name"), property("os.version"), property("os.arch"))),
        names());
  }

  private static Fact heap() {
    long most = Runtime.getRuntime().maxMemory();
    String value = "at most " + Sizes.of(most);
    return most < 512L << 20
        ? Fact.note(ABOUT, "heap", value, "Large images need more: INLAY_JAVA_OPTS=-Xmx4g.")
        : Fact.ok(ABOUT, "heap", value);
  }

  /** The encoding of file names; a locale without one cannot name most files. */
  private static Fact names() {
    String encoding = property("sun.jnu.encoding");
    boolean all =
        Charset.isSupported(encoding) && Charset.forName(encoding).newEncoder().canEncode('ü');
    return all
        ? Fact.ok(ABOUT, "file names", encoding)
        : Fact.note(
            ABOUT,
            "file names",
            encoding,
            "Names with other letters cannot be read: set the variable LC_ALL=C.UTF-8.");
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
