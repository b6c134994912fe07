package dev.inlay.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** The engine itself: PyTorch, which DJL loads when it is first asked for. */
public final class Torch {

  private Torch() {}

  /** Loads the engine, unless that has happened, and tells its version, as in {@code 2.7.1}. */
  public static String version() {
    return Engine.getEngine("PyTorch").getVersion();
  }

  /** How many threads it computes with. */
  public static int threads() {
    version();
    return JniUtils.getNumThreads();
  }

  /**
   * The device that a name means on this machine: {@code cpu}, {@code gpu0}, and so on.
   *
   * @throws dev.inlay.InlayException if there is no such device
   */
  public static String device(String name) {
    version();
    Device device = Devices.of(name);
    return device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
  }
}
