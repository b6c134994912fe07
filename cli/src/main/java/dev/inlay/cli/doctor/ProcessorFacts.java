package dev.inlay.cli.doctor;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.torch.FreeMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The processor with the instructions that convolutions use, and the memory. */
final class ProcessorFacts {

  private static final String ABOUT = "processor";
  private static final int LARGEST = 16 << 20;

  /** Linux's names of instructions, and the usual ones. */
  private static final Map<String, String> INSTRUCTIONS = instructions();

  private ProcessorFacts() {}

  private static Map<String, String> instructions() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("sse4_1", "SSE4.1");
    names.put("avx2", "AVX2");
    names.put("avx512f", "AVX-512");
    names.put("avx512_bf16", "AVX-512 BF16");
    names.put("amx_bf16", "AMX BF16");
    names.put("asimd", "NEON");
    names.put("bf16", "ARM BF16");
    names.put("sve", "SVE");
    return names;
  }

  static List<Fact> all() {
    return of(text("/proc/cpuinfo"));
  }

  /** The facts of a text as Linux has it. */
  static List<Fact> of(String information) {
    List<Fact> facts = new ArrayList<>();
    int count = Runtime.getRuntime().availableProcessors();
    String model = value(information, "model name");
    Set<String> flags = new TreeSet<>(Arrays.asList(value(information, "flags").split(" ", -1)));
    flags.addAll(Arrays.asList(value(information, "Features").split(" ", -1)));
    String where = flags.contains("hypervisor") ? ", in a virtual machine" : "";
    facts.add(
        Fact.ok(
            ABOUT,
            "model",
            "%s, %d usable%s".formatted(model.isEmpty() ? "unknown" : model, count, where)));
    List<String> found = new ArrayList<>();
    INSTRUCTIONS.forEach(
        (flag, name) -> {
          if (flags.contains(flag)) {
            found.add(name);
          }
        });
    if (!found.isEmpty()) {
      facts.add(Fact.ok(ABOUT, "instructions", String.join(", ", found)));
    }
    if (found.contains("SSE4.1") && !found.contains("AVX2")) {
      facts.add(
          Fact.note(
              ABOUT,
              "speed",
              "no AVX2",
              "The engine is several times slower without it; on a virtual machine, let the hypervisor pass the processor's instructions on."));
    }
    FreeMemory.ofThisMachine()
        .bytes()
        .ifPresent(free -> facts.add(Fact.ok(ABOUT, "free memory", Sizes.of(free))));
    return facts;
  }

  private static String value(String information, String key) {
    return information
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static String text(String file) {
    try {
      return SmallFile.text(Path.of(file), "file of the system", LARGEST);
    } catch (InlayException elsewhere) {
      return "";
    }
  }
}
