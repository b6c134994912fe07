package dev.inlay.torch;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The memory that this process can still have, by what Linux says: available memory and swap of the
 * machine, and what the limits of the process's control groups leave above its own use. Memory that
 * only caches files counts as free.
 *
 * @param root the root of the file system, {@code /}
 */
public record FreeMemory(Path root) {

  private static final int LARGEST = 1 << 20;
  private static final long KIBI = 1024;

  private static final Pattern GROUP = Pattern.compile("\\d+:([^:]*):(/.*)");

  /** The memory of this machine. */
  public static FreeMemory ofThisMachine() {
    return new FreeMemory(Path.of("/"));
  }

  /** The free memory in bytes; empty where the system does not say. */
  public OptionalLong bytes() {
    String machine = text("proc/meminfo");
    OptionalLong available = kibibytes(machine, "MemAvailable");
    if (available.isEmpty()) {
      return OptionalLong.empty();
    }
    long free = available.getAsLong() + kibibytes(machine, "SwapFree").orElse(0);
    return OptionalLong.of(Math.min(free, underLimits()));
  }

  /** What the limits of the control groups leave. */
  private long underLimits() {
    long used = kibibytes(text("proc/self/status"), "VmRSS").orElse(0);
    return text("proc/self/cgroup")
        .lines()
        .map(GROUP::matcher)
        .filter(Matcher::matches)
        .mapToLong(group -> limit(group.group(1), group.group(2)) - used)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The smallest limit of a group and the groups around it. */
  private long limit(String controllers, String group) {
    boolean second = controllers.isEmpty();
    if (!second && !Arrays.asList(controllers.split(",")).contains("memory")) {
      return Long.MAX_VALUE;
    }
    Path mount = root.resolve(second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
    String file = second ? "memory.max" : "memory.limit_in_bytes";
    long smallest = Long.MAX_VALUE;
    @Nullable Path folder = mount.resolve(group.substring(1)).normalize();
    while (folder != null && folder.startsWith(mount)) {
      smallest = Math.min(smallest, number(folder.resolve(file)));
      folder = folder.getParent();
    }
    return smallest;
  }

  /** The number in a file; the largest one where there is no limit. */
  private static long number(Path file) {
    try {
      return Long.parseLong(text(file).strip());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static OptionalLong kibibytes(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> KIBI * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }

  private String text(String file) {
    return text(root.resolve(file));
  }

  private static String text(Path file) {
    try {
      return SmallFile.text(file, "file of the system", LARGEST);
    } catch (InlayException elsewhere) {
      return "";
    }
  }
}
