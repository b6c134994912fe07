package dev.inlay.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.inlay.InlayException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the engine's convolutions on the CPU compute what they should.
 *
 * <p>The fast ones are those of oneDNN, which it writes for the processor as it finds it. On some
 * virtual machines it gets that wrong, in silence: with the engine's oneDNN 3.7.1 on an AMD EPYC of
 * family 26 whose caches the hypervisor hides, convolutions of 24 to 8 channels deviate by half
 * their values, with SSE 4.1 alone by nothing. So a few that are known to go wrong are compared,
 * before the first program runs, with sums of products. Where they deviate, oneDNN is switched off:
 * the engine's own convolutions take longer and are right.
 */
final class Kernels {

  /** A convolution of images (2,channels,5,7), padded so that it keeps their size. */
  private record Case(int channels, int outputs, int kernel) {}

  /** Among them channels that fill no whole block of 8 or 16, and odd numbers of such blocks. */
  private static final List<Case> CASES =
      List.of(
          new Case(24, 8, 3),
          new Case(20, 9, 3),
          new Case(1, 5, 1),
          new Case(16, 80, 1),
          new Case(16, 176, 1));

  /** Of the largest value. What is right deviates by less than a tenth, what is wrong by more. */
  private static final double TOLERANCE = 0.01;

  private static final double TOLERANCE_BF16 = 0.1;

  private static final String WAY_OUT =
      "Set the variable ONEDNN_MAX_CPU_ISA=SSE41 in the environment, which makes them right and"
          + " slow, or use another machine";

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private static boolean checked;
  private static boolean switchedOff;

  private Kernels() {}

  /**
   * Checks once, before the process runs its first program on the CPU.
   *
   * @throws InlayException if the convolutions are wrong and nothing can be done about it
   */
  static synchronized void require() {
    if (checked) {
      return;
    }
    if (isWrong()) {
      setOneDnn(false);
      if (deviation() > 1) {
        throw new InlayException("the engine's convolutions are wrong on this machine. " + WAY_OUT);
      }
      switchedOff = true;
      LOG.warn(
          "the engine's fast convolutions (oneDNN) are wrong on this machine and are switched off;"
              + " what is computed is right and takes longer");
    }
    checked = true;
  }

  /** Whether oneDNN is found to be wrong and not used. */
  static synchronized boolean switchedOff() {
    return switchedOff;
  }

  private static boolean isWrong() {
    try {
      return deviation() > 1;
    } catch (EngineException e) {
      // An engine that lacks an operation of the check says so when a program needs it.
      LOG.debug("the engine's convolutions can't be checked", e);
      return false;
    }
  }

  /** The largest deviation of all cases in all forms, as a multiple of what is tolerated. */
  static double deviation() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Script script = Script.unchecked(manager, source())) {
      NDList images = new NDList();
      NDList weights = new NDList();
      for (Case each : CASES) {
        images.add(waves(manager, 0.7f, 2, each.channels, 5, 7));
        weights.add(waves(manager, 1.3f, each.outputs, each.channels, each.kernel, each.kernel));
      }
      NDArray worst =
          script.infer(Script.list("x", images), Script.list("w", weights)).singletonOrThrow();
      return worst.toFloatArray()[0];
    }
  }

  /** Values that repeat late, without the engine's random numbers, which belong to training. */
  private static NDArray waves(NDManager manager, float step, long... shape) {
    Shape all = new Shape(shape);
    float[] values = new float[(int) all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(step * i);
    }
    return manager.create(values, all);
  }

  private static String source() {
    StringBuilder source =
        new StringBuilder("  def forward(self, x: List[Tensor], w: List[Tensor]) -> Tensor:\n");
    source.append("    worst = torch.zeros([1])\n");
    for (int i = 0; i < CASES.size(); i++) {
      source.append(exact(CASES.get(i), i));
      for (boolean last : new boolean[] {false, true}) {
        for (boolean half : new boolean[] {false, true}) {
          source.append(compared(CASES.get(i), last, half));
        }
      }
    }
    return source.append("    return worst\n").toString();
  }

  /** Products of shifted images with the weights, summed up. */
  private static String exact(Case each, int place) {
    int pad = each.kernel / 2;
    StringBuilder lines =
        new StringBuilder(
            """
                image = x[%1$s]
                weight = w[%1$s]
                padded = torch.constant_pad_nd(image, [%2$s, %2$s, %2$s, %2$s], 0)
                exact = torch.zeros([1])
            """
                .formatted(place, pad));
    for (int row = 0; row < each.kernel; row++) {
      for (int column = 0; column < each.kernel; column++) {
        lines.append(
            """
                part = torch.slice(torch.slice(padded, 2, %1$s, %2$s), 3, %3$s, %4$s)
                by = torch.slice(torch.slice(weight, 2, %1$s, %5$s), 3, %3$s, %6$s)
                products = torch.mul(torch.unsqueeze(part, 1), torch.unsqueeze(by, 0))
                exact = torch.add(exact, torch.sum(products, [2]))
            """
                .formatted(row, row + 5, column, column + 7, row + 1, column + 1));
      }
    }
    return lines.append("    largest = torch.max(torch.abs(exact))\n").toString();
  }

  /** Memory that held something else before must make no difference, so it holds NaN. */
  private static String compared(Case each, boolean last, boolean half) {
    int pad = each.kernel / 2;
    return """
            used = torch.full([%1$s], float('nan'))
            used = torch.zeros([1])
            a = torch.contiguous(torch.to(image, %2$s), memory_format=%3$s)
            b = torch.contiguous(torch.to(weight, %2$s), memory_format=%3$s)
            got = torch.to(torch.conv2d(a, b, None, [1, 1], [%4$s, %4$s], [1, 1], 1), 6)
            deviation = torch.nan_to_num(torch.abs(torch.sub(got, exact)), 1.0e9, 1.0e9, 1.0e9)
            relative = torch.div(torch.div(torch.max(deviation), largest), %5$s)
            worst = torch.maximum(worst, relative)
        """
        .formatted(
            2 * each.outputs * 5 * 7,
            half ? 15 : 6,
            last ? 2 : 0,
            pad,
            half ? TOLERANCE_BF16 : TOLERANCE);
  }

  /** What Python calls torch.backends.mkldnn.enabled; DJL has no name for it. */
  static void setOneDnn(boolean enabled) {
    try {
      String path = LibUtils.getLibtorchPath() + "/" + System.mapLibraryName("torch_cpu");
      NativeLibrary torch = NativeLibrary.getInstance(path);
      Pointer settings = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      // Without oneDNN, the engine tries NNPACK, and complains each time where that can't be had.
      for (String setting : List.of("20setUserEnabledMkldnn", "20setUserEnabledNNPACK")) {
        torch
            .getFunction("_ZN2at7Context" + setting + "Eb")
            .invokeVoid(new Object[] {settings, enabled ? 1 : 0});
      }
    } catch (UnsatisfiedLinkError e) {
      throw new InlayException(
          "the engine's fast convolutions (oneDNN) are wrong on this machine, and this build of the"
              + " engine does not let them be switched off. "
              + WAY_OUT,
          e);
    }
  }
}
