package dev.inlay.plugin;

import dev.inlay.guard.Causes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a jar by {@code jarsigner}. Every entry is read and compared; who the signer is
 * is shown, but whether to trust that name is the user's to decide.
 */
final class Signature {

  private static final String FOLDER = "META-INF/";
  private static final String END = ".SF";

  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)", Pattern.CASE_INSENSITIVE);

  private Signature() {}

  /**
   * The names of those who signed every entry; empty for a jar without a signature.
   *
   * @throws BadJar if an entry is not what was signed, or is not signed although others are
   */
  static List<String> signers(Path path, ZipFile inspected) throws BadJar {
    boolean signed = inspected.stream().anyMatch(entry -> isSignatureFile(entry.getName()));
    if (!signed) {
      return List.of();
    }
    try (JarFile jar = new JarFile(path.toFile(), true)) {
      return verified(jar);
    } catch (SecurityException e) {
      throw new BadJar(
          "is signed, but is not what was signed: %s; get it from its author again"
              .formatted(Causes.inWords(e)));
    } catch (IOException e) {
      throw new BadJar("cannot be read: " + Causes.inWords(e));
    }
  }

  /** Whether a name is META-INF/NAME.SF in any case; asked of every entry of every jar. */
  private static boolean isSignatureFile(String name) {
    return name.regionMatches(true, name.length() - END.length(), END, 0, END.length())
        && name.regionMatches(true, 0, FOLDER, 0, FOLDER.length())
        && name.indexOf('/', FOLDER.length()) < 0;
  }

  private static List<String> verified(JarFile jar) throws IOException, BadJar {
    TreeSet<String> names = null;
    byte[] buffer = new byte[1 << 16];
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      String name = entry.getName();
      if (entry.isDirectory()
          || name.equals(JarFile.MANIFEST_NAME)
          || SIGNATURE.matcher(name).matches()) {
        continue;
      }
      try (InputStream stream = jar.getInputStream(entry)) {
        while (stream.read(buffer) >= 0) {
          // An entry that was read to its end has been verified.
        }
      }
      TreeSet<String> signers = names(entry.getCodeSigners());
      if (signers.isEmpty()) {
        throw new BadJar(
            "is signed, but its entry %s is not; get it from its author again".formatted(name));
      }
      if (names == null) {
        names = signers;
      }
      names.retainAll(signers);
    }
    return names == null ? List.of() : List.copyOf(names);
  }

  private static TreeSet<String> names(CodeSigner @Nullable [] signers) {
    TreeSet<String> names = new TreeSet<>();
    for (CodeSigner signer : signers == null ? new CodeSigner[0] : signers) {
      Certificate first = signer.getSignerCertPath().getCertificates().get(0);
      names.add(
          first instanceof X509Certificate known
              ? known.getSubjectX500Principal().getName()
              : first.getType());
    }
    return names;
  }
}
