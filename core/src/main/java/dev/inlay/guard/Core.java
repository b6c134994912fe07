package dev.inlay.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Properties;
import java.util.Set;

/** What core is: its version and its packages; whatever else is called dev.inlay is a plugin's. */
public final class Core {

  /** Exactly the core's packages: the project's own plugins live in dev.inlay.plugins. */
  public static final Set<String> PACKAGES =
      Set.of(
          "dev.inlay",
          "dev.inlay.compile",
          "dev.inlay.data",
          "dev.inlay.evaluate",
          "dev.inlay.files",
          "dev.inlay.graph",
          "dev.inlay.guard",
          "dev.inlay.network",
          "dev.inlay.plugin",
          "dev.inlay.predict",
          "dev.inlay.pickle",
          "dev.inlay.pytorch",
          "dev.inlay.reference",
          "dev.inlay.spec",
          "dev.inlay.train",
          "dev.inlay.verify",
          "dev.inlay.weights");

  /** The version that this core was built as, such as 0.1.0. */
  public static final String VERSION = version();

  private Core() {}

  private static String version() {
    try (InputStream file = Core.class.getResourceAsStream("core.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException("core.properties can't be read", e);
    }
  }

  /** The jar or folder that a class came from, by name. */
  public static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null) {
      return "class " + type.getName();
    }
    String path = location.getPath();
    return path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
  }
}
