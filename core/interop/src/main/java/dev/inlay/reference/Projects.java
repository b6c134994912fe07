package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.spec.Techniques;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** All known projects, found by {@link ServiceLoader} with the class loader of this class. */
public final class Projects {

  /** Sorted by name, so that the order does not depend on the class path. */
  private static final List<Project> ALL =
      ServiceLoader.load(Project.class, Projects.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(Project::name))
          .toList();

  private Projects() {}

  /** All projects, in the order of their names. */
  public static List<Project> all() {
    return ALL;
  }

  /** The project with a name; empty if there is none. */
  public static Optional<Project> find(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The project whose form a configuration has; empty if there is none. */
  public static Optional<Project> of(JsonObject configuration) {
    return ALL.stream()
        .filter(each -> each.configurations().filter(r -> r.recognises(configuration)).isPresent())
        .findFirst();
  }

  /** The reader of a configuration; empty if it has no project's form. */
  public static Optional<ConfigurationReader> reader(JsonObject configuration) {
    return of(configuration).flatMap(Project::configurations);
  }

  /**
   * The network that a configuration describes.
   *
   * @throws InlayException if the configuration has no project's form, or describes no network or
   *     one that is no sequence of stages
   */
  public static ConfiguredNetwork network(JsonObject configuration, Techniques techniques) {
    return reader(configuration)
        .orElseThrow(
            () ->
                new InlayException(
                    "The configuration describes no network in a known form. Give %s."
                        .formatted(expected())))
        .network(configuration, techniques);
  }

  /** The expected forms of configurations, for messages. */
  static String expected() {
    return ALL.stream()
        .flatMap(each -> each.configurations().stream())
        .map(ConfigurationReader::expected)
        .collect(Collectors.joining(", or "));
  }
}
