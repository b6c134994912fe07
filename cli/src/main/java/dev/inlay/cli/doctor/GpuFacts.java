package dev.inlay.cli.doctor;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.torch.EngineReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GPUs: what the engine sees, what the driver is, and what is missing between them. */
final class GpuFacts {

  private static final String ABOUT = "gpu";
  private static final String DRIVER = "/proc/driver/nvidia/version";
  private static final Pattern VERSION = Pattern.compile("Kernel Module.*?\\s(\\d+)(\\.\\d+)+");

  /** The major version of the oldest driver that runs CUDA 12. */
  private static final int OLDEST = 525;

  private GpuFacts() {}

  static List<Fact> of(EngineReport engine, Map<String, String> environment) {
    return of(engine, environment, driver());
  }

  /**
   * The facts.
   *
   * @param driver the text of NVIDIA's driver about itself; empty without a driver
   */
  static List<Fact> of(EngineReport engine, Map<String, String> environment, String driver) {
    boolean forGpu = engine.flavor().startsWith("cu");
    String hidden = environment.getOrDefault("CUDA_VISIBLE_DEVICES", "all");
    if (engine.gpus() > 0) {
      String names = String.join(", ", engine.gpuNames());
      return List.of(Fact.ok(ABOUT, "seen by the engine", names));
    }
    if (driver.isEmpty()) {
      return List.of(
          forGpu
              ? Fact.note(
                  ABOUT,
                  "driver",
                  "none",
                  "The engine is built for GPUs: install NVIDIA's driver, or give the container the GPU, as with docker run --gpus all.")
              : Fact.ok(ABOUT, "driver", "none; predictions run on the processor"));
    }
    if (!forGpu) {
      return List.of(Fact.note(ABOUT, "driver", version(driver), otherEngine()));
    }
    Optional<Integer> major = major(driver);
    String advice =
        major.isPresent() && major.get() < OLDEST
            ? "The engine is built for CUDA 12, which needs a driver of version %d or newer."
                .formatted(OLDEST)
            : "The engine sees no GPU: look whether CUDA_VISIBLE_DEVICES (%s) hides it, and what nvidia-smi says."
                .formatted(hidden);
    return List.of(Fact.wrong(ABOUT, "driver", version(driver), advice));
  }

  private static String otherEngine() {
    return "The engine is built for processors, so the GPU is not used. Build Inlay with mvn"
        + " -Dinlay.native.artifact=pytorch-native-cu128, or take an installed PyTorch of the same"
        + " version with the variables PYTORCH_VERSION, PYTORCH_FLAVOR=cu128 and"
        + " PYTORCH_LIBRARY_PATH=FOLDER.";
  }

  private static Optional<Integer> major(String driver) {
    Matcher version = VERSION.matcher(driver);
    return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
  }

  private static String version(String driver) {
    return driver.lines().findFirst().orElse("").strip();
  }

  private static String driver() {
    try {
      return SmallFile.text(Path.of(DRIVER), "file of the driver", 1 << 16);
    } catch (InlayException none) {
      return "";
    }
  }
}
