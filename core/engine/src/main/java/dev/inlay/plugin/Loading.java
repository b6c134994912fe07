package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.guard.BuiltFor;
import dev.inlay.guard.Causes;
import dev.inlay.guard.Watch;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDependency;

/** One search for techniques: the class path first, then the jars of the folders. */
final class Loading {

  private final ClassLoader host;
  private final String coreVersion;
  private final HostClasses shared;
  private final OpenJars files = new OpenJars();

  private final Map<String, Found> techniques = new LinkedHashMap<>();
  private final Set<String> classesOfClassPath = new HashSet<>();
  private final Map<String, PluginClasses> open = new LinkedHashMap<>();
  private final List<PluginJar> jars = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  Loading(ClassLoader host, String coreVersion) {
    this.host = host;
    this.coreVersion = coreVersion;
    this.shared = new HostClasses(host);
  }

  Plugins load(List<PluginFolder> folders) {
    Watch.start();
    Map<Path, Optional<AllowList>> found = jarsIn(folders);
    boolean done = false;
    try {
      searchClassPath();
      loadJars(inspected(found));
      done = true;
    } finally {
      if (!done) {
        Plugins.close(open.values());
      }
    }
    Map<Path, Integer> order = new HashMap<>();
    found.keySet().forEach(path -> order.put(path, order.size()));
    jars.sort(Comparator.comparing(jar -> order.getOrDefault(jar.path(), -1)));
    refused.sort(Comparator.comparing(jar -> order.getOrDefault(jar.path(), -1)));
    return new Plugins(techniques.values(), jars, refused, open.values(), coreVersion);
  }

  /** The jars of all folders, each with its folder's allow-list; nothing is opened yet. */
  private static Map<Path, Optional<AllowList>> jarsIn(List<PluginFolder> folders) {
    Map<Path, Optional<AllowList>> jars = new LinkedHashMap<>();
    for (PluginFolder folder : folders) {
      List<Path> inFolder = folder.jars();
      Optional<AllowList> allowed = Optional.ofNullable(AllowList.in(folder.path()));
      if (folder.locked() && allowed.isEmpty() && !inFolder.isEmpty()) {
        throw new InlayException(
            "The plugin folder %s has no list %s, but only listed jars may be used (--locked). If you trust its jars, record them with 'inlay plugins lock'."
                .formatted(folder.path(), AllowList.FILE));
      }
      inFolder.forEach(jar -> jars.putIfAbsent(jar.toAbsolutePath().normalize(), allowed));
    }
    return jars;
  }

  private void searchClassPath() {
    List<URL> files;
    try {
      files = Collections.list(host.getResources(Providers.SERVICE_FILE));
    } catch (IOException e) {
      throw new InlayException("Cannot search the class path: %s.".formatted(Causes.inWords(e)), e);
    }
    Set<String> seen = new HashSet<>();
    for (URL file : files) {
      ClassPathEntry entry = ClassPathEntry.of(file);
      try {
        Set<String> classNames = Providers.classNames(file);
        classNames.removeIf(name -> !seen.add(name)); // The first entry of the class path wins.
        register(
            new Providers(host, false, new BuiltFor(coreVersion, null))
                .make(classNames, "class path entry " + entry.name()));
        classesOfClassPath.addAll(classNames);
      } catch (BadJar e) {
        refused.add(
            Refused.because(e.reason(), entry.path(), null, entry.name() + " (on the class path)"));
      }
    }
  }

  /** The jars that pass inspection, the first of each id. */
  private Collection<Candidate> inspected(Map<Path, Optional<AllowList>> found) {
    Map<String, Candidate> sound = new LinkedHashMap<>();
    found.forEach(
        (path, allowed) -> {
          Inspection inspection = new Inspection(path, coreVersion);
          try {
            Candidate jar = inspection.inspect(allowed.orElse(null));
            Candidate first = sound.putIfAbsent(jar.id(), jar);
            if (first != null) {
              throw new BadJar(
                  "has the same Plugin-Id as " + first.fileName() + "; remove one of the two");
            }
          } catch (BadJar e) {
            refuse(path, inspection.id(), e.reason());
          }
        });
    return sound.values();
  }

  private void loadJars(Collection<Candidate> sound) {
    sound.stream().filter(jar -> jar.id().equals(KotlinLibrary.ID)).forEach(this::loadKotlin);
    Dependencies dependencies =
        new Dependencies(
            sound.stream().filter(jar -> !jar.id().equals(KotlinLibrary.ID)).toList(),
            (jar, reason) -> refuse(jar.path(), jar.id(), reason));
    for (Candidate jar : dependencies.order()) {
      Optional<String> brokenSince = dependencies.unmet(jar);
      if (brokenSince.isPresent()) {
        dependencies.remove(jar, brokenSince.get());
        continue;
      }
      try {
        load(jar, dependencies.isNeeded(jar));
      } catch (BadJar e) {
        dependencies.remove(jar, e.reason());
      }
    }
  }

  /** Kotlin's library for the plugins that have none; the host's own is used if there is one. */
  private void loadKotlin(Candidate jar) {
    boolean ofHost = shared.bringsKotlin();
    if (!ofHost) {
      open.put(jar.id(), new PluginClasses(jar, List.of(), shared, files));
    }
    jars.add(new PluginJar(jar.path(), jar.id(), jar.version(), List.of(), ofHost, jar.signers()));
  }

  private void load(Candidate jar, boolean needed) throws BadJar {
    Stream<String> needs = jar.dependencies().stream().map(PluginDependency::getPluginId);
    List<PluginClasses> dependencies =
        Stream.concat(needs, Stream.of(KotlinLibrary.ID))
            .flatMap(id -> Optional.ofNullable(open.get(id)).stream())
            .distinct()
            .toList();
    PluginClasses loader = new PluginClasses(jar, dependencies, shared, files);
    open.put(jar.id(), loader);
    try {
      jars.add(loaded(jar, loader, needed));
    } catch (BadJar e) {
      open.remove(jar.id());
      Plugins.close(List.of(loader));
      throw e;
    }
  }

  private PluginJar loaded(Candidate jar, PluginClasses loader, boolean needed) throws BadJar {
    Set<String> classNames = jar.classNames();
    if (classNames.isEmpty() && !needed) {
      throw new BadJar(
          "provides no technique, and no plugin depends on it; name its technique classes in "
              + Providers.SERVICE_FILE);
    }
    boolean skipped = !classNames.isEmpty() && classesOfClassPath.containsAll(classNames);
    List<Found> found =
        skipped
            ? List.of()
            : new Providers(loader, true, new BuiltFor(coreVersion, jar.requires()))
                .make(classNames, jar.origin());
    register(found);
    List<String> names = found.stream().map(Found::name).sorted().toList();
    return new PluginJar(jar.path(), jar.id(), jar.version(), names, skipped, jar.signers());
  }

  /** Registers all techniques of one jar, or none if a name is taken. */
  private void register(List<Found> found) throws BadJar {
    Map<String, Found> fresh = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Found one : found) {
      Found owner = techniques.get(one.name());
      if (owner != null) {
        problems.add(
            "provides the technique '%s', which %s provides already; remove one of the two"
                .formatted(one.name(), owner.origin()));
      } else if (fresh.putIfAbsent(one.name(), one) != null) {
        problems.add("provides the technique '" + one.name() + "' twice");
      }
    }
    if (!problems.isEmpty()) {
      throw new BadJar(String.join("; ", problems));
    }
    techniques.putAll(fresh);
  }

  private void refuse(Path path, @Nullable String id, String reason) {
    String name = String.valueOf(path.getFileName());
    refused.add(Refused.because(reason, path, id, name + (id == null ? "" : " (" + id + ")")));
  }
}
