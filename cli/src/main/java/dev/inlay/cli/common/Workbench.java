package dev.inlay.cli.common;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every command works with: where it writes, the options that all commands have, and the
 * techniques, which are looked for once, when they are first asked for.
 */
public final class Workbench implements AutoCloseable {

  /** All that was found, with what names that two techniques claim left out. */
  private record Loaded(Plugins plugins, Registry registry) {}

  private final CommonOptions options;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;
  private @Nullable CompletableFuture<Loaded> loading;
  private boolean warned;

  public Workbench(
      CommonOptions options, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** For what was asked for. */
  public PrintWriter out() {
    return out;
  }

  /** For everything else: warnings and progress. */
  public PrintWriter err() {
    return err;
  }

  public CommonOptions options() {
    return options;
  }

  /** One line for people that does not stop the command. */
  public void warn(String message) {
    err.println("inlay: warning: " + message.replaceAll("\\s*\\R\\s*", " "));
  }

  /** The techniques; the first call warns of every jar that is left out. */
  public Techniques techniques() {
    Loaded all = loaded();
    if (!warned) {
      warned = true;
      all.registry.refused().forEach(refused -> warn("left out " + refused.message()));
    }
    return all.registry.techniques();
  }

  /** The techniques, for whoever says himself what is left out. */
  public Techniques techniquesUnwarned() {
    return loaded().registry.techniques();
  }

  /** The jars that are used. */
  public List<PluginJar> jars() {
    return loaded().plugins.jars();
  }

  /** What is not used, and why. */
  public List<Refused> refused() {
    return loaded().registry.refused();
  }

  /** The folders in which plugins are looked for. */
  public List<Path> folders() {
    return pluginFolders().stream().map(PluginFolder::path).toList();
  }

  /** Begins to look for the techniques, for whoever has something else to do before. */
  public void loadAhead() {
    if (loading == null) {
      List<PluginFolder> folders = pluginFolders();
      loading = CompletableFuture.supplyAsync(() -> load(folders));
    }
  }

  private Loaded loaded() {
    CompletableFuture<Loaded> all = loading;
    if (all == null) {
      all = CompletableFuture.completedFuture(load(pluginFolders()));
      loading = all;
    }
    try {
      return all.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException failure ? failure : e;
    }
  }

  private static Loaded load(List<PluginFolder> folders) {
    Plugins plugins = Plugins.load(folders, Workbench.class.getClassLoader(), Core.VERSION);
    return new Loaded(plugins, Registry.of(plugins, folders));
  }

  private List<PluginFolder> pluginFolders() {
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
    return folders;
  }

  /** What could not be loaded has been said, if anyone asked for it. */
  @Override
  public void close() {
    if (loading != null) {
      loading.exceptionally(failure -> null).thenAccept(Workbench::closePlugins).join();
    }
  }

  private static void closePlugins(@Nullable Loaded all) {
    if (all != null) {
      all.plugins.close();
    }
  }
}
