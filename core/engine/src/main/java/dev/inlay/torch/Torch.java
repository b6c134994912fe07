package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import dev.inlay.background.Background;

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
  public static Background<Double> loadAside() {
    return Background.begin(
        "inlay-engine",
        () -> {
          long start = System.nanoTime();
          version();
          return (System.nanoTime() - start) / 1e6;
        });
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
