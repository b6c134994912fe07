package dev.inlay.plugin;

import dev.inlay.spec.Techniques;
import dev.inlay.spec.TechniquesBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The techniques that specs may name, and the rest with its reasons: broken jars, and techniques
 * whose names, short forms or presets are taken.
 *
 * @param techniques what specs may name
 * @param refused the jars and techniques that are left out, with the reasons
 */
public record Registry(Techniques techniques, List<Refused> refused) {

  public Registry {
    refused = List.copyOf(refused);
  }

  /**
   * Registers all techniques that were found.
   *
   * @param folders the folders that were searched, for messages about unknown names
   */
  public static Registry of(Plugins plugins, List<PluginFolder> folders) {
    List<Refused> refused = new ArrayList<>(plugins.refused());
    TechniquesBuilder techniques = new TechniquesBuilder();
    techniques
        .offerAll(
            plugins.inOrderFound().stream()
                .map(found -> new Techniques.Entry(found.technique(), found.origin()))
                .toList())
        .forEach(reason -> refused.add(new Refused(null, null, reason)));
    return new Registry(techniques.build(where(folders, refused)), refused);
  }

  private static String where(List<PluginFolder> folders, List<Refused> refused) {
    String places =
        folders.stream()
            .map(PluginFolder::path)
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    String looked = "Looked on the class path" + (places.isEmpty() ? "" : " and in " + places);
    String left =
        refused.isEmpty() ? "." : "; left out " + refused.size() + ", see 'inlay plugins'.";
    return looked + left;
  }
}
