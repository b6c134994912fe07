package dev.inlay.guard;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What foreign code can change for the whole thread or process: the context loader, the interrupt
 * flag, locales, the time zone, the standard streams and the system properties that Inlay, Java's
 * libraries and the engine read. Properties that Inlay itself sets while it runs are left out,
 * because another thread may set them during the call.
 */
final class Surroundings {

  private static final List<String> PROPERTIES =
      List.of(
          "inlay.home",
          "file.encoding",
          "java.awt.headless",
          "java.class.path",
          "java.home",
          "java.io.tmpdir",
          "java.library.path",
          "line.separator",
          "os.arch",
          "os.name",
          "path.separator",
          "user.dir",
          "user.home");

  private final Thread thread = Thread.currentThread();
  private final @Nullable ClassLoader loader = thread.getContextClassLoader();
  private final boolean interrupted = thread.isInterrupted();
  private final Locale locale = Locale.getDefault();
  private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale format = Locale.getDefault(Locale.Category.FORMAT);
  private final TimeZone zone = TimeZone.getDefault();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private final List<@Nullable String> properties = properties();

  private Surroundings() {}

  static Surroundings now() {
    return new Surroundings();
  }

  private static List<@Nullable String> properties() {
    List<@Nullable String> values = new ArrayList<>(PROPERTIES.size());
    PROPERTIES.forEach(name -> values.add(System.getProperty(name)));
    return values;
  }

  /**
   * Makes everything as it was, except that an interrupt of the thread is kept: the host may have
   * sent it, to cancel what runs. Called on the thread that took the note.
   */
  void restore() {
    restoreThread();
    if (!TimeZone.getDefault().equals(zone)) {
      TimeZone.setDefault(zone);
    }
    restoreLocales();
    restoreStreams();
    restoreProperties();
  }

  private void restoreThread() {
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (interrupted) {
      thread.interrupt();
    }
  }

  /** Clears the interrupt flag, unless the thread was interrupted before. */
  void clearInterrupt() {
    if (!interrupted) {
      Thread.interrupted();
    }
  }

  private void restoreLocales() {
    if (!Locale.getDefault().equals(locale)) {
      Locale.setDefault(locale);
    }
    if (!Locale.getDefault(Locale.Category.DISPLAY).equals(display)) {
      Locale.setDefault(Locale.Category.DISPLAY, display);
    }
    if (!Locale.getDefault(Locale.Category.FORMAT).equals(format)) {
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
  }

  private void restoreStreams() {
    if (System.out != out) {
      System.setOut(out);
    }
    if (System.err != err) {
      System.setErr(err);
    }
    if (System.in != in) {
      System.setIn(in);
    }
  }

  private void restoreProperties() {
    List<@Nullable String> after = properties();
    for (int i = 0; i < PROPERTIES.size(); i++) {
      String before = properties.get(i);
      if (before == null && after.get(i) != null) {
        System.clearProperty(PROPERTIES.get(i));
      } else if (before != null && !before.equals(after.get(i))) {
        System.setProperty(PROPERTIES.get(i), before);
      }
    }
  }
}
