package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay plugins}. */
final class PluginsCommandTest {

  @TempDir private Path folder;
  private String sum = "";

  @BeforeEach
  void makeJars() throws Exception {
    Path jar = SampleJar.sound(folder, "twice");
    sum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    Files.writeString(folder.resolve("broken.jar"), "no jar");
  }

  @Test
  void jarsStandWithTheirSumsAndRefusedOnesWithTheReason() {
    Run run = Run.inlay("plugins", "--plugins", folder.toString());

    assertThat(run.code()).isZero();
    assertThat(run.err()).as("what is listed needs no warning").isEmpty();
    assertThat(run.out())
        .startsWith("Plugin folders: " + folder + "\n")
        .contains("\ntwice.jar  (twice 1.2.3)\n  provides twice\n  SHA-256 " + sum + "\n")
        .containsPattern("\nOn the class path\n(  .*\n)*  aspp +class path entry ")
        .contains("\nRefused\n  broken.jar: ");
  }

  @Test
  void jsonHoldsTheSame() {
    JsonObject plugins =
        JsonParser.parseString(Run.inlay("plugins", "--plugins", folder + "", "--json").out())
            .getAsJsonObject();

    JsonObject jar = plugins.getAsJsonArray("jars").get(0).getAsJsonObject();
    assertThat(plugins.getAsJsonArray("jars")).hasSize(1);
    assertThat(jar.get("id").getAsString()).isEqualTo("twice");
    assertThat(jar.get("version").getAsString()).isEqualTo("1.2.3");
    assertThat(jar.get("sha256").getAsString()).isEqualTo(sum);
    assertThat(jar.get("techniques").toString()).isEqualTo("[\"twice\"]");
    JsonObject refused = plugins.getAsJsonArray("refused").get(0).getAsJsonObject();
    assertThat(refused.get("path").getAsString()).endsWith("broken.jar");
    assertThat(refused.get("message").getAsString()).startsWith("broken.jar: ");
    assertThat(plugins.getAsJsonObject("classPath").keySet()).contains("aspp", "fcn");
  }

  @Test
  void variableAddsFolders() throws Exception {
    Path more = Files.createDirectory(folder.resolve("more"));
    SampleJar.sound(more, "thrice");

    Run run =
        Run.inlay(
            Map.of("INLAY_PLUGINS", more.toString()), "plugins", "--plugins", folder.toString());

    assertThat(run.out()).contains("provides twice\n", "provides thrice\n");
    assertThat(Run.inlay(Map.of("INLAY_PLUGINS", more + ""), "plugins").out())
        .contains("provides thrice\n")
        .doesNotContain("provides twice\n");
  }

  @Test
  void withoutFoldersThereAreNoJars() {
    assertThat(Run.inlay("plugins").out()).startsWith("Plugin folders: none\n");
  }
}
