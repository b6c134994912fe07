package dev.inlay.measure;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The peak memory of this process. */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final int LARGEST = 1 << 20;

  private PeakMemory() {}

  /** The peak resident memory in mebibytes; null on systems other than Linux. */
  public static @Nullable Long mebibytes() {
    try {
      for (String line : SmallFile.text(STATUS, "status file", LARGEST).lines().toList()) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
      return null;
    } catch (InlayException elsewhere) {
      return null;
    }
  }
}
