package dev.inlay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of Inlay, which the build writes beside this class. */
final class Version {

  /** As it is, {@code 0.2.0-SNAPSHOT} for instance. */
  static final String TEXT = read();

  /** As plugins ask for it: a snapshot of 0.2.0 does what 0.2.0 does. */
  static final String OF_CORE = TEXT.replaceFirst("-SNAPSHOT$", "");

  private Version() {}

  private static String read() {
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(file, "version.properties"));
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
