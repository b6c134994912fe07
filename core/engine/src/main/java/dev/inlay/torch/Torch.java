package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.CompletableFuture;

/** The engine: PyTorch, which DJL loads on first use. */
public final class Torch {

  private Torch() {}

  /** The version of the engine, as in {@code 2.7.1}; loads the engine on first use. */
  public static String version() {
    return EngineStart.engine().getVersion();
  }

  /**
   * Loads the engine in another thread, so that a network can be assembled in the meantime. Code
   * that needs the engine waits.
   *
   * @return the loading time, in milliseconds
   */
  public static CompletableFuture<Double> loadAside() {
    CompletableFuture<Double> loaded = new CompletableFuture<>();
    Runnable load =
        () -> {
          long start = System.nanoTime();
          try {
            version();
            loaded.complete((System.nanoTime() - start) / 1e6);
          } catch (Throwable e) { // Passed to the waiting code; a missing library is an Error.
            loaded.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(load, "inlay-engine");
    thread.setDaemon(true);
    thread.start();
    return loaded;
  }

  /** The number of the engine's threads. */
  public static int threads() {
    version();
    return JniUtils.getNumThreads();
  }

  /**
   * The device for a name on this machine: {@code cpu}, {@code gpu0}, and so on.
   *
   * @throws dev.inlay.InlayException if there is no such device
   */
  public static String device(String name) {
    version();
    Device device = Devices.of(name);
    return device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
  }
}
