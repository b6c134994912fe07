package dev.inlay.cli.look;

import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.plugin.PluginJar;
import dev.inlay.plugin.Refused;
import dev.inlay.spec.Techniques;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay plugins}: lists the jars in use, and the refused ones with the reason. */
@Command(
    name = "plugins",
    description = "Lists the plugin jars, what they provide, and what was refused and why.",
    footer = {
      "",
      "Examples:",
      "  inlay plugins",
      "  inlay plugins --plugins my-jars",
      "  INLAY_PLUGINS=my-jars inlay plugins --json",
      "  inlay plugins lock --plugins my-jars",
      "  inlay plugins --locked --plugins my-jars",
    })
public final class PluginsCommand implements Runnable {

  /** A jar in use, for JSON. */
  private record Jar(
      String path,
      String id,
      String version,
      String sha256,
      List<String> techniques,
      boolean skipped,
      List<String> signers) {}

  /** A refused jar or technique, for JSON. */
  private record Refusal(@Nullable String path, @Nullable String id, String message) {}

  /** The whole listing, for JSON. */
  private record Listing(
      List<String> folders, List<Jar> jars, Map<String, String> classPath, List<Refusal> refused) {}

  private final Workbench bench;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /** The command with its subcommand. */
  public static CommandLine line(Workbench bench) {
    return new CommandLine(new PluginsCommand(bench)).addSubcommand(new PluginsLockCommand(bench));
  }

  private PluginsCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Listing listing = listing();
    if (json) {
      bench.out().println(Json.pretty(listing));
    } else {
      print(listing);
    }
  }

  private Listing listing() {
    List<Jar> jars = bench.jars().stream().map(PluginsCommand::jar).toList();
    List<String> inJars = jars.stream().flatMap(jar -> jar.techniques().stream()).toList();
    Map<String, String> classPath =
        bench.techniquesUnwarned().entries().stream()
            .filter(entry -> !inJars.contains(entry.technique().name()))
            .collect(
                Collectors.toMap(
                    entry -> entry.technique().name(),
                    Techniques.Entry::origin,
                    (a, b) -> a,
                    TreeMap::new));
    List<String> folders = bench.folders().stream().map(Path::toString).toList();
    return new Listing(
        folders, jars, classPath, bench.refused().stream().map(PluginsCommand::refusal).toList());
  }

  private static Jar jar(PluginJar jar) {
    return new Jar(
        jar.path().toString(),
        jar.id(),
        jar.version(),
        jar.sha256(),
        jar.techniques(),
        jar.skipped(),
        jar.signers());
  }

  private static Refusal refusal(Refused refused) {
    Path path = refused.path();
    return new Refusal(path == null ? null : path.toString(), refused.id(), refused.message());
  }

  private void print(Listing listing) {
    PrintWriter out = bench.out();
    String folders = String.join(", ", listing.folders());
    out.println("Plugin folders: " + (folders.isEmpty() ? "none" : folders));
    for (Jar jar : listing.jars()) {
      out.println(
          "\n" + Path.of(jar.path()).getFileName() + "  (" + jar.id() + " " + jar.version() + ")");
      out.println("  " + provides(jar));
      out.println("  SHA-256 " + jar.sha256());
      jar.signers().forEach(signer -> out.println("  signed by " + signer));
    }
    if (!listing.classPath().isEmpty()) {
      out.println("\nOn the class path");
      Table table = new Table();
      listing.classPath().forEach(table::row);
      out.print(table.text("  "));
    }
    if (!listing.refused().isEmpty()) {
      out.println("\nRefused");
      listing.refused().forEach(each -> out.print(TerminalText.wrapped(each.message(), "  ")));
    }
  }

  private static String provides(Jar jar) {
    if (jar.skipped()) {
      return "provides nothing: its techniques are on the class path already";
    }
    return jar.techniques().isEmpty()
        ? "provides no technique, but what other plugins need"
        : "provides " + String.join(", ", jar.techniques());
  }
}
