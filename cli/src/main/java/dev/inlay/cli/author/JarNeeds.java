package dev.inlay.cli.author;

import dev.inlay.InlayException;
import dev.inlay.files.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a jar says of itself and needs from others, from its manifest.
 *
 * @param id the plugin's id
 * @param version its version
 * @param inlay the range of versions of Inlay; {@code *} if it names none
 * @param plugins the plugins that it depends on, with their ranges of versions
 */
record JarNeeds(String id, String version, String inlay, List<String> plugins) {

  /** The needs of a jar that the loader has accepted. */
  static JarNeeds of(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return new JarNeeds(
          value(attributes, "Plugin-Id", ""),
          value(attributes, "Plugin-Version", ""),
          value(attributes, "Plugin-Requires", "*"),
          Arrays.stream(value(attributes, "Plugin-Dependencies", "").split(",", -1))
              .map(String::strip)
              .filter(each -> !each.isEmpty())
              .toList());
    } catch (IOException e) {
      throw new InlayException("Cannot read %s: %s.".formatted(jar, Reason.of(e)), e);
    }
  }

  private static String value(Attributes attributes, String name, String otherwise) {
    String value = attributes.getValue(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }
}
