package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.guard.Causes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code plugins.sha256} of a plugin folder, in the format of sha256sum. If a folder has
 * the file, only the listed jars are opened, and only if their contents have the listed sums.
 */
final class AllowList {

  static final String FILE = "plugins.sha256";

  private static final int LARGEST = 16 << 20;

  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?([^/\\\\]+)");

  private final Path file;
  private final Map<String, String> sums = new HashMap<>();

  private AllowList(Path file) {
    this.file = file;
  }

  /**
   * The list of a folder; null if the folder has none.
   *
   * @throws InlayException if the list cannot be read
   */
  static @Nullable AllowList in(Path folder) {
    Path file = folder.resolve(FILE);
    // A dangling link means a lost list, not a folder without a list.
    if (!Files.exists(file) && !Files.isSymbolicLink(file)) {
      return null;
    }
    AllowList list = new AllowList(file);
    List<String> lines = SmallFile.text(file, "allow-list", LARGEST).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      list.add(lines.get(i).strip(), i + 1);
    }
    return list;
  }

  /** Whether a line can hold the name of a jar. */
  static boolean canList(String name) {
    return LINE.matcher("0".repeat(64) + "  " + name).matches();
  }

  private void add(String line, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new InlayException(
          ("Line %d of the allow-list %s is '%s'; each line must be a SHA-256 of 64 hexadecimal"
                  + " digits, two spaces and the name of a jar, as sha256sum prints it.")
              .formatted(number, file, line));
    }
    sums.put(parts.group(2), parts.group(1).toLowerCase(Locale.ROOT));
  }

  /** The sums by the names of jars. */
  Map<String, String> sums() {
    return Collections.unmodifiableMap(sums);
  }

  /** Refuses a jar that is not listed, or listed with another sum. */
  void check(Path jar) throws BadJar {
    String listed =
        Optional.ofNullable(sums.get(String.valueOf(jar.getFileName())))
            .orElseThrow(
                () ->
                    new BadJar(
                        "is not in the allow-list "
                            + file
                            + "; if you trust it, add its SHA-256, or record all with 'inlay plugins lock'"));
    String actual;
    try {
      actual = sha256(jar);
    } catch (IOException e) {
      throw new BadJar("cannot be read: " + Causes.inWords(e));
    }
    if (!actual.equals(listed)) {
      throw new BadJar(
          ("has the SHA-256 %s, but the allow-list %s says %s; restore the jar, or change the list if"
                  + " you trust it")
              .formatted(actual, file, listed));
    }
  }

  static String sha256(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      while (digested.read(buffer) >= 0) {
        // Reading updates the digest.
      }
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
