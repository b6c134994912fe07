package dev.inlay.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDependency;

/**
 * Orders plugins so that each comes after its dependencies. Plugins with unmet dependencies are
 * refused, and so are the plugins that depend on them.
 */
final class Dependencies {

  private final Map<String, Candidate> present = new LinkedHashMap<>();
  private final Map<String, Candidate> refused = new LinkedHashMap<>();
  private final BiConsumer<Candidate, String> refuse;

  /**
   * Takes the plugins, each id once.
   *
   * @param refuse receives each plugin that cannot be used, with the reason
   */
  Dependencies(Collection<Candidate> plugins, BiConsumer<Candidate, String> refuse) {
    plugins.forEach(plugin -> present.put(plugin.id(), plugin));
    this.refuse = refuse;
  }

  /** The usable plugins: dependencies first, otherwise in the given order. */
  List<Candidate> order() {
    while (true) {
      refuseUnmet();
      Map<String, Candidate> placed = placed();
      if (placed.size() == present.size()) {
        return List.copyOf(placed.values());
      }
      refuseCycle(placed);
    }
  }

  /** Whether another plugin depends on this one, even one that was refused. */
  boolean isNeeded(Candidate plugin) {
    return Stream.concat(present.values().stream(), refused.values().stream())
        .flatMap(other -> other.dependencies().stream())
        .anyMatch(dependency -> dependency.getPluginId().equals(plugin.id()));
  }

  /** Removes a plugin that proved broken while it was loaded. */
  void remove(Candidate plugin, String reason) {
    present.remove(plugin.id());
    refused.put(plugin.id(), plugin);
    refuse.accept(plugin, reason);
  }

  /** Why the plugin cannot be used beside those present, or nothing. */
  Optional<String> unmet(Candidate plugin) {
    String problems =
        plugin.dependencies().stream()
            .map(this::unmet)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
  }

  private Optional<String> unmet(PluginDependency dependency) {
    String id = dependency.getPluginId();
    String range = dependency.getPluginVersionSupport();
    String needs = "needs plugin '" + id + "'" + (range.equals("*") ? "" : " " + range);
    Candidate found = present.get(id);
    if (found != null) {
      return Versions.fit(found.version(), range)
          ? Optional.empty()
          : Optional.of(needs + ", found " + found.version() + " (" + found.fileName() + ")");
    }
    if (dependency.isOptional()) {
      return Optional.empty();
    }
    Candidate broken = refused.get(id);
    return Optional.of(
        needs
            + (broken == null
                ? ", which is not there; add its jar"
                : ", which was refused (" + broken.fileName() + ")"));
  }

  private void refuseUnmet() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Candidate plugin : List.copyOf(present.values())) {
        Optional<String> problem = unmet(plugin);
        if (problem.isPresent()) {
          remove(plugin, problem.get());
          changed = true;
        }
      }
    }
  }

  /** The plugins that can be ordered; the rest are in a cycle or depend on one. */
  private Map<String, Candidate> placed() {
    Map<String, Candidate> placed = new LinkedHashMap<>();
    Candidate next = nextAfter(placed);
    while (next != null) {
      placed.put(next.id(), next);
      next = nextAfter(placed);
    }
    return placed;
  }

  private @Nullable Candidate nextAfter(Map<String, Candidate> placed) {
    for (Candidate plugin : present.values()) {
      if (!placed.containsKey(plugin.id()) && waitsFor(plugin, placed).isEmpty()) {
        return plugin;
      }
    }
    return null;
  }

  /** The present dependencies, optional ones too, that are not placed yet. */
  private List<Candidate> waitsFor(Candidate plugin, Map<String, Candidate> placed) {
    return plugin.dependencies().stream()
        .map(PluginDependency::getPluginId)
        .filter(id -> !placed.containsKey(id))
        .flatMap(id -> Optional.ofNullable(present.get(id)).stream())
        .toList();
  }

  private void refuseCycle(Map<String, Candidate> placed) {
    Candidate next =
        present.values().stream()
            .filter(plugin -> !placed.containsKey(plugin.id()))
            .findFirst()
            .orElseThrow();
    List<Candidate> walk = new ArrayList<>();
    while (!walk.contains(next)) {
      walk.add(next);
      next = waitsFor(next, placed).get(0);
    }
    List<Candidate> cycle = walk.subList(walk.indexOf(next), walk.size());
    for (int i = 0; i < cycle.size(); i++) {
      List<String> ids = new ArrayList<>();
      for (int step = 0; step <= cycle.size(); step++) {
        ids.add(cycle.get((i + step) % cycle.size()).id());
      }
      remove(cycle.get(i), "needs itself: " + String.join(" -> ", ids));
    }
  }
}
