package dev.inlay.torch;

import ai.djl.engine.EngineException;
import com.sun.jna.Pointer;
import dev.inlay.InlayException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the engine's convolutions on the CPU, and switches oneDNN off if they are wrong.
 *
 * <p>oneDNN generates fast convolutions for the processor that it detects. On some virtual machines
 * this code computes wrong values without an error. Example: with oneDNN 3.7.1 on an AMD EPYC of
 * family 26 whose caches the hypervisor hides, convolutions of 24 to 8 channels deviate by half
 * their values; with SSE 4.1 alone they are exact. {@link ConvolutionCheck} therefore tests some
 * convolutions before the first program runs. If they deviate, oneDNN is switched off, and the
 * engine uses its own convolutions, which are slower and correct.
 */
final class Kernels {

  private static final String WAY_OUT =
      "Set the variable ONEDNN_MAX_CPU_ISA=SSE41 in the environment, which makes them right and"
          + " slow, or use another machine.";

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private static boolean checked;
  private static boolean switchedOff;

  private Kernels() {}

  /**
   * Checks once, before the process runs its first program on the CPU.
   *
   * @throws InlayException if the convolutions are wrong with and without oneDNN
   */
  static synchronized void require() {
    if (checked) {
      return;
    }
    if (isWrong()) {
      setOneDnn(false);
      if (ConvolutionCheck.deviation() > 1) {
        throw new InlayException("The engine's convolutions are wrong on this machine. " + WAY_OUT);
      }
      switchedOff = true;
      LOG.warn(
          "The engine's fast convolutions (oneDNN) are wrong on this machine and are switched off;"
              + " results are right, but slower.");
    }
    checked = true;
  }

  /** Whether oneDNN is switched off because of wrong values. */
  static synchronized boolean switchedOff() {
    return switchedOff;
  }

  private static boolean isWrong() {
    try {
      return ConvolutionCheck.deviation() > 1;
    } catch (EngineException e) {
      // A build of the engine without one of these operations fails later, in a program that needs
      // it.
      LOG.debug("The engine's convolutions cannot be checked.", e);
      return false;
    }
  }

  /** Sets torch.backends.mkldnn.enabled, for which DJL has no method. */
  static void setOneDnn(boolean enabled) {
    try {
      Pointer settings =
          TorchLibrary.function("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      // NNPACK is switched off as well: the engine tries it next and logs a warning each time if it
      // is missing.
      for (String setting : List.of("20setUserEnabledMkldnn", "20setUserEnabledNNPACK")) {
        TorchLibrary.function("_ZN2at7Context" + setting + "Eb")
            .invokeVoid(new Object[] {settings, enabled ? 1 : 0});
      }
    } catch (LinkageError e) {
      throw new InlayException(
          "The engine's fast convolutions (oneDNN) are wrong on this machine, and this build of the"
              + " engine does not let them be switched off. "
              + WAY_OUT,
          e);
    }
  }
}
