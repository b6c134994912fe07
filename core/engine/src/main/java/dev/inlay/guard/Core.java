package dev.inlay.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLDecoder;
import java.security.CodeSource;
import java.util.Properties;

/** The version of the core, and the package of it that plugins see. */
public final class Core {

  /** The package that plugins are compiled against; all other packages of the core are hidden. */
  public static final String API = "dev.inlay";

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
    String path = URLDecoder.decode(location.getPath().replace("+", "%2B"), UTF_8);
    return path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
  }
}
