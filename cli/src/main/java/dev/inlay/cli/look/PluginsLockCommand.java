package dev.inlay.cli.look;

import dev.inlay.Check;
import dev.inlay.cli.common.Workbench;
import dev.inlay.plugin.PluginFolder;
import dev.inlay.plugin.PluginLock;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code inlay plugins lock}: records the sums of the jars that may be used from now on. */
@Command(
    name = "lock",
    description =
        "Records the SHA-256 sums of all jars of a plugin folder in its plugins.sha256. From then on,"
            + " other jars in the folder are refused before they are opened. No code of a jar runs.",
    footer = {
      "",
      "Examples:",
      "  inlay plugins lock",
      "  inlay plugins lock --plugins my-jars",
      "  inlay summary my-network.yaml --plugins my-jars --locked",
    })
final class PluginsLockCommand implements Runnable {

  private final Workbench bench;

  PluginsLockCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    List<PluginFolder> folders =
        bench.pluginFolders().stream()
            .filter(folder -> folder.required() || Files.isDirectory(folder.path()))
            .toList();
    Check.that(
        !folders.isEmpty(),
        "There is no plugin folder. Name one with --plugins, or with the variable INLAY_PLUGINS.");
    for (PluginFolder folder : folders) {
      PluginLock.Recorded recorded = PluginLock.record(folder);
      bench.out().printf("%s: %d jars%n", recorded.file(), recorded.sums().size());
      recorded.changes().forEach((jar, change) -> bench.out().printf("  %s  %s%n", jar, change));
    }
  }
}
