package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import dev.inlay.InlayException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine is on this machine.
 *
 * @param version the version of PyTorch
 * @param flavor what it was built for: {@code cpu}, {@code cu128}
 * @param library the folder of its native library
 * @param threads the threads that compute
 * @param convolutions whether its convolutions are right
 * @param gpuNames a description of each GPU that it sees
 */
public record EngineReport(
    String version,
    String flavor,
    String library,
    int threads,
    Convolutions convolutions,
    List<String> gpuNames) {

  /** What the check of the convolutions on the processor found. */
  public enum Convolutions {
    /** They are right. */
    EXACT,
    /** They are right now that oneDNN is switched off. */
    SWITCHED_OFF,
    /** They are wrong with and without oneDNN. */
    WRONG
  }

  private static final Pattern FLAVOR = Pattern.compile("-(cpu|cu\\d+)\\b");

  public EngineReport {
    gpuNames = List.copyOf(gpuNames);
  }

  /** The number of GPUs that the engine sees. */
  public int gpus() {
    return gpuNames.size();
  }

  /**
   * Starts the engine and examines it.
   *
   * @throws InlayException if it does not start
   */
  public static EngineReport make() {
    String version = Torch.version();
    String library = String.valueOf(LibUtils.getLibtorchPath());
    return new EngineReport(
        version, flavor(library), library, JniUtils.getNumThreads(), examined(), gpuDescriptions());
  }

  /** The folder that the library is unpacked into; the engine need not run. */
  public static Path cache() {
    EngineLibrary.chooseCache(System.getenv());
    return Utils.getEngineCacheDir("pytorch");
  }

  private static String flavor(String library) {
    String given = Utils.getEnvOrSystemProperty("PYTORCH_FLAVOR");
    if (given != null) {
      return given;
    }
    Matcher flavor = FLAVOR.matcher(library);
    return flavor.find() ? flavor.group(1) : "an unknown device";
  }

  private static Convolutions examined() {
    try {
      Kernels.require();
      return Kernels.switchedOff() ? Convolutions.SWITCHED_OFF : Convolutions.EXACT;
    } catch (InlayException e) {
      return Convolutions.WRONG;
    }
  }

  private static List<String> gpuDescriptions() {
    List<String> names = new ArrayList<>();
    int count = EngineStart.engine().getGpuCount();
    for (int i = 0; i < count; i++) {
      Device gpu = Device.gpu(i);
      names.add(
          String.format(
              Locale.ROOT,
              "gpu%d: %.0f GB, compute capability %s, CUDA %s",
              i,
              CudaUtils.getGpuMemory(gpu).getMax() / (double) (1L << 30),
              CudaUtils.getComputeCapability(i),
              CudaUtils.getCudaVersionString()));
    }
    return names;
  }
}
