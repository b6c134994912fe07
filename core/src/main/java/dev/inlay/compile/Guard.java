package dev.inlay.compile;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import java.net.URL;
import java.security.CodeSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what goes wrong inside a technique into one message that names it and its jar. */
final class Guard {

  private Guard() {}

  static <T> T run(Technique<?> technique, Supplier<T> description) {
    try {
      return description.get();
    } catch (InlayException e) {
      throw e;
    } catch (LinkageError e) {
      throw new InlayException(
          named(technique)
              + " was built against another version of Inlay: "
              + e
              + ". Rebuild it against this one, or take a version made for it.",
          e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new InlayException(
          named(technique)
              + " failed with "
              + e
              + place(e)
              + ". That is a fault in the technique; please tell its author.",
          e);
    }
  }

  private static String named(Technique<?> technique) {
    Class<?> type = technique.getClass();
    @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    String jar = location == null ? "" : " from " + fileName(location.getPath());
    return "the technique '" + technique.name() + "' (" + type.getName() + jar + ")";
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
  }

  private static String place(Throwable e) {
    return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
  }
}
