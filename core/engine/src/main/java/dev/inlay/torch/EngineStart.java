package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.inlay.InlayException;
import dev.inlay.files.Sentence;
import dev.inlay.guard.Causes;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the engine. Before DJL is touched for the first time, its telemetry and its
 * downloads are switched off, unless the user has set them, and its library is unpacked.
 */
final class EngineStart {

  private static final String NAME = "PyTorch";
  private static final String TELEMETRY_OFF = "OPT_OUT_TRACKING";
  private static final String OFFLINE = "ai.djl.offline";

  private static @Nullable Engine engine;

  private EngineStart() {}

  /**
   * The engine, which the first call starts.
   *
   * @throws InlayException if the library is missing, cannot be unpacked or cannot be loaded
   */
  static synchronized Engine engine() {
    if (engine == null) {
      engine = start();
      EngineCalls.awaitAtShutdown();
    }
    return engine;
  }

  /** Memory of the engine on its default device: a GPU if there is one. */
  static NDManager manager() {
    return engine().newBaseManager();
  }

  /** Memory of the engine on a device. */
  static NDManager manager(Device device) {
    return engine().newBaseManager(device);
  }

  private static Engine start() {
    stayAtHome();
    // DJL looks for its engine and library through the context loader, which belongs to the host.
    Thread thread = Thread.currentThread();
    @Nullable ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(EngineStart.class.getClassLoader());
    try {
      EngineLibrary.unpack();
      return Engine.getEngine(NAME);
    } catch (InlayException | OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) { // DJL throws AssertionErrors and linkage errors, too.
      throw new InlayException(explain(e), e);
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  /** Engine start opens connections: telemetry, and downloads of a library that is missing. */
  private static void stayAtHome() {
    if (System.getenv(TELEMETRY_OFF) == null && System.getProperty(TELEMETRY_OFF) == null) {
      System.setProperty(TELEMETRY_OFF, "true");
    }
    if (System.getenv("DJL_OFFLINE") == null && System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
  }

  private static String explain(Throwable failure) {
    String all =
        Causes.chain(failure)
            .map(e -> String.valueOf(e.getMessage()))
            .collect(Collectors.joining(" "));
    if (all.contains("already loaded in another classloader")) {
      return "The engine's library is loaded already, by another class loader of this process: Java"
          + " loads a native library once. Let one class loader, shared by all who use Inlay, load"
          + " inlay-core and ai.djl, or use a process each.";
    }
    if (all.contains("engine not found")) {
      return "The engine is not on the class path. Add the dependency"
          + " ai.djl.pytorch:pytorch-engine.";
    }
    return Sentence.ended(
        "The engine does not start: " + reason(failure) + ". Its library may not fit this machine");
  }

  /** The last cause that says something says most: the system's own words. */
  private static String reason(Throwable failure) {
    return Causes.chain(failure)
        .map(Throwable::getMessage)
        .filter(message -> message != null && !message.isBlank())
        .reduce((first, last) -> last)
        .flatMap(message -> message.lines().findFirst())
        .map(line -> line.replaceFirst("\\.$", ""))
        .orElse(failure.getClass().getSimpleName());
  }
}
