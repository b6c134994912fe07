package dev.inlay.cli.author;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.Technique;
import dev.inlay.cli.common.Failures;
import dev.inlay.contract.Contract;
import dev.inlay.contract.Rule;
import dev.inlay.contract.Subject;
import dev.inlay.guard.Core;
import dev.inlay.guard.Watch;
import dev.inlay.plugin.PluginFolder;
import dev.inlay.plugin.PluginJar;
import dev.inlay.plugin.Plugins;
import dev.inlay.plugin.Refused;
import dev.inlay.plugin.Registry;
import dev.inlay.spec.Kind;
import dev.inlay.spec.Techniques;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The process in which {@code inlay check} loads and tries a plugin: what the plugin does to it,
 * the command survives. It tells what it finds by {@link Event}s.
 */
public final class CheckProcess {

  private final CheckRequest request;
  private final EventStream events;
  private final long start = System.nanoTime();

  private CheckProcess(CheckRequest request, EventStream events) {
    this.request = request;
    this.events = events;
  }

  /** Checks what the only argument asks for. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    CheckRequest request = CheckRequest.read(arguments[0]);
    EventStream events = new EventStream(request.mark());
    Deadline.watch(request.milliseconds(), events);
    EndedBy hook = new EndedBy(events);
    Runtime.getRuntime().addShutdownHook(hook);
    Watch.tell(message -> events.tell(Event.of(Event.Kind.WARNED, "", message)));
    try {
      new CheckProcess(request, events).run();
    } catch (InlayException e) {
      events.tell(Event.of(Event.Kind.REFUSED, "", String.valueOf(e.getMessage())));
    } catch (Throwable e) { // Whatever a plugin or the engine throws is told, not printed.
      events.tell(Event.of(Event.Kind.REFUSED, "", Failures.words(e)));
    }
    hook.allow();
    events.tell(Event.of(Event.Kind.DONE, "", ""));
    Runtime.getRuntime().halt(0); // Threads and hooks of the plugin do not hold it up.
  }

  private void run() {
    Path jar = Path.of(request.jar());
    List<PluginFolder> folders = new ArrayList<>();
    folders.add(PluginFolder.named(Objects.requireNonNull(jar.toAbsolutePath().getParent())));
    request.folders().forEach(folder -> folders.add(PluginFolder.standard(Path.of(folder))));
    Plugins plugins = Plugins.load(folders, CheckProcess.class.getClassLoader(), Core.VERSION);
    Optional<PluginJar> own =
        plugins.jars().stream().filter(each -> each.path().endsWith(jar.getFileName())).findFirst();
    if (own.isEmpty()) {
      plugins.refused().stream()
          .filter(each -> each.path() != null && each.path().endsWith(jar.getFileName()))
          .map(Refused::message)
          .forEach(message -> events.tell(Event.of(Event.Kind.REFUSED, "", message)));
      return;
    }
    if (!plugins.refused().isEmpty()) {
      refuseTakenNames(own.get());
    }
    Registry registry = Registry.of(plugins, folders);
    check(jar, own.get(), registry);
  }

  /** The jar was found first, so that a jar whose names it takes was refused instead of it. */
  private void refuseTakenNames(PluginJar own) {
    List<PluginFolder> folders =
        request.folders().stream().map(each -> PluginFolder.standard(Path.of(each))).toList();
    try (Plugins others =
        Plugins.load(folders, CheckProcess.class.getClassLoader(), Core.VERSION)) {
      if (others.jars().stream().anyMatch(each -> each.id().equals(own.id()))) {
        return; // Another version of the same plugin.
      }
      for (PluginJar other : others.jars()) {
        for (String name : own.techniques()) {
          if (other.techniques().contains(name)) {
            events.tell(
                Event.of(
                    Event.Kind.REFUSED,
                    "",
                    "The name '%s' is that of the technique of %s, so the jar is refused beside it. Give yours another name in @Named, and name its YAML file alike."
                        .formatted(name, other.path().getFileName())));
          }
        }
      }
    }
  }

  private void check(Path jar, PluginJar own, Registry registry) {
    List<Techniques.Entry> entries = registry.techniques().entries();
    List<Technique<?>> wanted = new ArrayList<>();
    for (String name : own.techniques()) {
      if (!request.technique().isEmpty() && !request.technique().equals(name)) {
        continue;
      }
      Optional<Technique<?>> found =
          entries.stream()
              .<Technique<?>>map(Techniques.Entry::technique)
              .filter(each -> each.name().equals(name))
              .findFirst();
      found.ifPresent(wanted::add);
    }
    if (!request.technique().isEmpty() && wanted.isEmpty()) {
      throw new InlayException(
          "--technique is '%s', which the jar does not provide; it provides %s."
              .formatted(request.technique(), own.techniques()));
    }
    int rules = wanted.stream().mapToInt(each -> wanted(each).size()).sum();
    events.tell(Event.loaded(JarNeeds.of(jar), rules));
    registry.refused().stream()
        .filter(each -> each.path() == null) // A jar with a path is another one.
        .map(Refused::message)
        .filter(message -> message.contains(own.path().getFileName().toString()))
        .forEach(message -> events.tell(Event.of(Event.Kind.REFUSED, "", message)));
    for (Technique<?> technique : wanted) {
      check(technique, entries);
    }
  }

  private List<Rule> wanted(Technique<?> technique) {
    return Contract.rules(technique).stream().filter(rule -> request.wants(rule.name())).toList();
  }

  private void check(Technique<?> technique, List<Techniques.Entry> entries) {
    String name = technique.name();
    events.tell(Event.of(Event.Kind.TECHNIQUE, name, Kind.of(technique).toString()));
    events.tell(Event.of(Event.Kind.BEGUN, name, "samples"));
    Subject subject = Subject.of(technique, entries);
    boolean sound = true;
    for (Rule rule : wanted(technique)) {
      events.tell(Event.of(Event.Kind.BEGUN, name, rule.name()));
      var finding = Contract.check(rule, subject);
      sound &= !finding.isFailed();
      events.tell(Event.found(finding));
    }
    boolean inNetworks = !(technique instanceof Objective || technique instanceof Optimizer);
    boolean inTime = (System.nanoTime() - start) / 1_000_000 < request.milliseconds() / 2;
    if (sound && inNetworks && inTime && request.only().isEmpty()) {
      events.tell(Event.of(Event.Kind.BEGUN, name, "cost table"));
      events.tell(Event.cost(TechniqueCost.of(technique, subject.techniques())));
    }
  }
}
