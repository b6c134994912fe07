package dev.inlay.torch;

import ai.djl.Device;
import dev.inlay.InlayException;
import java.util.Locale;

/** The devices by name: {@code auto}, {@code cpu}, {@code gpu0}, {@code gpu1}, … */
final class Devices {

  private Devices() {}

  /** The device of a name. A missing device is an error, without fall-back to another device. */
  static Device of(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals("cpu")) {
      return Device.cpu();
    }
    if (!wanted.equals("auto") && !wanted.matches("gpu[0-9]{0,3}")) {
      throw new InlayException(
          "The device is '%s'; it must be auto, cpu, gpu0, gpu1 and so on.".formatted(name));
    }
    int present = EngineStart.engine().getGpuCount();
    if (wanted.equals("auto")) {
      return present > 0 ? Device.gpu(0) : Device.cpu();
    }
    int number = wanted.equals("gpu") ? 0 : Integer.parseInt(wanted.substring(3));
    if (number >= present) {
      throw new InlayException(
          "The device %s is not there: the engine sees %d GPUs. Use --device cpu, or an engine build with CUDA and its driver."
              .formatted(name, present));
    }
    return Device.gpu(number);
  }
}
