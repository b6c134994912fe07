package dev.inlay.torch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/** Functions of the engine's native library for which DJL has no method. */
final class TorchLibrary {

  private TorchLibrary() {}

  /**
   * A function of the loaded engine.
   *
   * @param symbol its C++ name, mangled
   * @throws UnsatisfiedLinkError if this build of the engine does not export it
   */
  static Function function(String symbol) {
    String path = LibUtils.getLibtorchPath() + "/" + System.mapLibraryName("torch_cpu");
    return NativeLibrary.getInstance(path).getFunction(symbol);
  }
}
