package dev.inlay;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The options reader from the class path, found when the first options are read. */
final class FoundReader {

  private static @Nullable OptionsReader found;

  private FoundReader() {}

  static synchronized OptionsReader get() {
    OptionsReader reader = found;
    if (reader == null) {
      reader =
          ServiceLoader.load(OptionsReader.class, OptionsReader.class.getClassLoader())
              .findFirst()
              .orElseThrow(
                  () ->
                      new InlayException(
                          "Options are read by inlay-core, which is not on the class path. Add its"
                              + " jar."));
      found = reader;
    }
    return reader;
  }
}
