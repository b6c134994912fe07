package dev.inlay.cli.common;

import dev.inlay.background.Background;
import dev.inlay.guard.Core;
import dev.inlay.plugin.PluginFolder;
import dev.inlay.plugin.PluginJar;
import dev.inlay.plugin.Plugins;
import dev.inlay.plugin.Refused;
import dev.inlay.plugin.Registry;
import dev.inlay.spec.Techniques;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every command works with: its two output streams, the common options, and the techniques,
 * which are loaded once, at the first use.
 */
public final class Workbench implements AutoCloseable {

  /** The loaded plugins, and the techniques without those whose names clash. */
  private record Loaded(Plugins plugins, Registry registry) {}

  private static final int LONGEST = 5_000;

  private final CommonOptions options;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;
  private @Nullable Background<Loaded> loading;
  private boolean warned;

  public Workbench(
      CommonOptions options, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** The stream for results. */
  public PrintWriter out() {
    return out;
  }

  /** The stream for warnings and progress. */
  public PrintWriter err() {
    return err;
  }

  /** The variables of the environment. */
  public Map<String, String> environment() {
    return environment;
  }

  public CommonOptions options() {
    return options;
  }

  /** Prints a warning in one line. */
  public void warn(String message) {
    String line = Shown.shortened(message, LONGEST).replaceAll("\\s*\\R\\s*", " ");
    err.println("inlay: warning: " + line);
  }

  /** The techniques; the first call warns of every jar that is left out. */
  public Techniques techniques() {
    Loaded all = loaded();
    if (!warned) {
      warned = true;
      all.registry
          .refused()
          .forEach(
              // Of a technique or a short form, the message itself says what it is.
              refused -> warn((refused.path() == null ? "" : "left out ") + refused.message()));
    }
    return all.registry.techniques();
  }

  /** The techniques, without warnings, for a command that lists the refused jars itself. */
  public Techniques techniquesUnwarned() {
    return loaded().registry.techniques();
  }

  /** The jars that are used. */
  public List<PluginJar> jars() {
    return loaded().plugins.jars();
  }

  /** The refused jars and techniques, with the reasons. */
  public List<Refused> refused() {
    return loaded().registry.refused();
  }

  /** The folders in which plugins are looked for. */
  public List<Path> folders() {
    return pluginFolders().stream().map(PluginFolder::path).toList();
  }

  /** Begins to load the techniques in the background. */
  public void loadAhead() {
    if (loading == null) {
      List<PluginFolder> folders = pluginFolders();
      loading = Background.begin("inlay-plugins", () -> load(folders));
    }
  }

  private Loaded loaded() {
    Background<Loaded> all = loading;
    if (all == null) {
      all = Background.done(load(pluginFolders()));
      loading = all;
    }
    return all.get();
  }

  private static Loaded load(List<PluginFolder> folders) {
    Plugins plugins = Plugins.load(folders, Workbench.class.getClassLoader(), Core.VERSION);
    return new Loaded(plugins, Registry.of(plugins, folders));
  }

  /** The folders in which plugins are looked for. */
  public List<PluginFolder> pluginFolders() {
    List<PluginFolder> folders = new ArrayList<>();
    String home = System.getProperty("inlay.home");
    if (!options.plugins().isEmpty()) {
      options.plugins().forEach(folder -> folders.add(PluginFolder.named(folder)));
    } else if (home != null) {
      folders.add(PluginFolder.standard(Path.of(home, "plugins")));
    }
    Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(environment.getOrDefault("INLAY_PLUGINS", ""))
        .filter(folder -> !folder.isBlank())
        .forEach(folder -> folders.add(PluginFolder.named(Path.of(folder))));
    folders.replaceAll(folder -> folder.lockedIf(options.locked()));
    return folders;
  }

  /** Closes the plugins; a failure to load them was reported to the caller that needed them. */
  @Override
  public void close() {
    if (loading != null) {
      loading.ended().ifPresent(all -> all.plugins.close());
    }
  }
}
