package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.guard.Causes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * The file {@code plugins.sha256} of a plugin folder, as sha256sum writes it: where it is there,
 * only the jars it names are opened, and only with these contents.
 */
final class AllowList {

  static final String FILE = "plugins.sha256";

  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?([^/\\\\]+)");

  private final Path file;
  private final Map<String, String> sums = new HashMap<>();

  private AllowList(Path file) {
    this.file = file;
  }

  /** The list of a folder, or null where it has none; an error where it cannot be read. */
  static @Nullable AllowList in(Path folder) {
    Path file = folder.resolve(FILE);
    // A dangling link is a list that got lost, not a folder without one.
    if (!Files.exists(file) && !Files.isSymbolicLink(file)) {
      return null;
    }
    AllowList list = new AllowList(file);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InlayException("cannot read the allow-list " + file + ": " + Causes.inWords(e), e);
    }
    for (int i = 0; i < lines.size(); i++) {
      list.add(lines.get(i).strip(), i + 1);
    }
    return list;
  }

  private void add(String line, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new InlayException(
          "line "
              + number
              + " of the allow-list "
              + file
              + " is '"
              + line
              + "'; each line must be a SHA-256 of 64 hexadecimal digits, two spaces and the name"
              + " of a jar, as sha256sum prints it");
    }
    sums.put(parts.group(2), parts.group(1).toLowerCase(Locale.ROOT));
  }

  /** Refuses a jar that the list does not name, or names with another sum. */
  void check(Path jar) throws BadJar {
    String listed =
        Optional.ofNullable(sums.get(String.valueOf(jar.getFileName())))
            .orElseThrow(
                () ->
                    new BadJar(
                        "is not in the allow-list " + file + "; add its SHA-256 if you trust it"));
    String actual;
    try {
      actual = sha256(jar);
    } catch (IOException e) {
      throw new BadJar("cannot be read: " + Causes.inWords(e));
    }
    if (!actual.equals(listed)) {
      throw new BadJar(
          "has the SHA-256 "
              + actual
              + ", but the allow-list "
              + file
              + " says "
              + listed
              + "; restore the jar, or change the list if you trust it");
    }
  }

  static String sha256(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      while (digested.read(buffer) >= 0) {
        // Reading is what feeds the digest.
      }
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
