package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are signed, and jars that were changed after they were signed. */
final class SignatureTest {

  private static final String PASSWORD = "secret";

  @TempDir private static Path keys;
  private static KeyStore.PrivateKeyEntry key;

  @TempDir private Path folder;
  private PluginBench bench;
  private Path jar;

  /** Java has no public class that makes a certificate; its tool does. */
  @BeforeAll
  static void makeKey() throws Exception {
    Path store = keys.resolve("keys.p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "author",
                "-keyalg",
                "EC",
                "-dname",
                "CN=An Author")
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes());
    assertThat(tool.waitFor()).as(said).isZero();
    KeyStore found = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    key =
        (KeyStore.PrivateKeyEntry)
            found.getEntry("author", new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
  }

  @BeforeEach
  void makeJars() throws IOException {
    bench = new PluginBench(folder);
    jar = folder.resolve("m-signed.jar");
    Path plain = Files.createTempFile(keys, "plain", ".jar");
    JarMaker.sound("signed").write(plain);
    try (ZipFile unsigned = new ZipFile(plain.toFile());
        OutputStream out = Files.newOutputStream(jar)) {
      new JarSigner.Builder(key).build().sign(unsigned, out);
    }
  }

  @Test
  void aSignedJarNamesItsSigner() {
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(plugins.jars())
          .filteredOn(each -> each.id().equals("signed"))
          .singleElement()
          .extracting(PluginJar::signers)
          .isEqualTo(List.of("CN=An Author"));
    }
  }

  @Test
  void jarsWithoutASignatureHaveNoSigner() {
    try (Plugins plugins = bench.load()) {
      assertThat(plugins.jars())
          .filteredOn(each -> !each.id().equals("signed"))
          .hasSize(2)
          .allMatch(each -> each.signers().isEmpty());
    }
  }

  @Test
  void aChangedEntryIsRefused() throws IOException {
    change(root -> Files.writeString(root.resolve(service(root)), "signed.Other\n"));
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .singleElement()
          .asString()
          .startsWith("m-signed.jar (signed): is signed, but is not what was signed: ")
          .endsWith("; get it from its author again.");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
    }
  }

  @Test
  void anAddedEntryIsRefused() throws IOException {
    change(root -> Files.writeString(root.resolve("added.txt"), "more"));
    bench.refusesOnly(
        "m-signed.jar (signed): is signed, but its entry added.txt is not; get it from its author"
            + " again");
  }

  private interface Change {
    void on(Path root) throws IOException;
  }

  private static Path service(Path root) {
    return root.resolve("META-INF/services/dev.inlay.Technique");
  }

  private void change(Change change) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
      change.on(zip.getPath("/"));
    }
  }
}
