package dev.inlay.cli.doctor;

import dev.inlay.InlayException;
import dev.inlay.cli.common.Workbench;
import dev.inlay.plugin.PluginFolder;
import dev.inlay.plugin.Refused;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The plugins that were found and refused. */
final class PluginFacts {

  private static final String ABOUT = "plugins";

  private PluginFacts() {}

  static List<Fact> all(Workbench bench) {
    List<Fact> facts = new ArrayList<>();
    try {
      for (PluginFolder folder : bench.pluginFolders()) {
        boolean listed = Files.exists(folder.path().resolve("plugins.sha256"));
        facts.add(
            Fact.ok(
                ABOUT,
                "folder",
                folder.path() + (listed ? ", only what its plugins.sha256 lists" : "")));
      }
      facts.add(
          Fact.ok(
              ABOUT,
              "found",
              "%d jars, %d techniques"
                  .formatted(bench.jars().size(), bench.techniquesUnwarned().entries().size())));
      for (Refused refused : bench.refused()) {
        facts.add(Fact.note(ABOUT, "refused", refused.message(), "See 'inlay plugins'."));
      }
    } catch (InlayException e) {
      facts.add(Fact.wrong(ABOUT, "found", "none", String.valueOf(e.getMessage())));
    }
    return facts;
  }
}
