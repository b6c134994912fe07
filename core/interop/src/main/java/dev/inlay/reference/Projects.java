package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.spec.Techniques;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The projects that are known: all that {@link ServiceLoader} finds beside this class. */
public final class Projects {

  /** By name, so that the order does not depend on that of the class path. */
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

  /** The project of a name. */
  public static Optional<Project> find(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The project of which a configuration is; empty if it is built as no project's. */
  public static Optional<Project> of(JsonObject configuration) {
    return ALL.stream()
        .filter(each -> each.configurations().filter(r -> r.recognises(configuration)).isPresent())
        .findFirst();
  }

  /** What reads a configuration; empty if it is built as no project's. */
  public static Optional<ConfigurationReader> reader(JsonObject configuration) {
    return of(configuration).flatMap(Project::configurations);
  }

  /**
   * The network that a configuration describes.
   *
   * @throws InlayException if it is built as no project's and says what to give, or if it describes
   *     no network or one that is no line of stages
   */
  public static ConfiguredNetwork network(JsonObject configuration, Techniques techniques) {
    return reader(configuration)
        .orElseThrow(
            () ->
                new InlayException(
                    "The configuration describes no network in a form that is known. Give "
                        + expected()
                        + "."))
        .network(configuration, techniques);
  }

  /** Whose configurations are read, for messages. */
  static String expected() {
    return ALL.stream()
        .flatMap(each -> each.configurations().stream())
        .map(ConfigurationReader::expected)
        .collect(Collectors.joining(", or "));
  }
}
