package dev.inlay.cli.doctor;

import dev.inlay.files.Reason;
import dev.inlay.torch.EngineReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders that Inlay writes to without being asked, and their space. */
final class FolderFacts {

  private static final String ABOUT = "folders";

  /** What the engine's library takes when it is unpacked. */
  private static final long NEEDED = 1L << 30;

  private FolderFacts() {}

  static List<Fact> all() {
    return List.of(
        fact(
            "engine's cache",
            EngineReport.cache(),
            "Set the variable DJL_CACHE_DIR to another folder."),
        fact(
            "temporary files",
            Path.of(System.getProperty("java.io.tmpdir")),
            "Set INLAY_JAVA_OPTS=-Djava.io.tmpdir=FOLDER."));
  }

  private static Fact fact(String name, Path folder, String advice) {
    @Nullable Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isWritable(there)) {
      return Fact.wrong(ABOUT, name, folder + ", which cannot be written", advice);
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String value = "%s, %s free".formatted(folder, Sizes.of(free));
      return free < NEEDED
          ? Fact.note(ABOUT, name, value, "That is little. " + advice)
          : Fact.ok(ABOUT, name, value);
    } catch (IOException e) {
      return Fact.note(ABOUT, name, folder + ", " + Reason.of(e), advice);
    }
  }
}
