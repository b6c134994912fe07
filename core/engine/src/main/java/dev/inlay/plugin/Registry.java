package dev.inlay.plugin;

import dev.inlay.spec.Techniques;
import dev.inlay.spec.TechniquesBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The techniques that specs are read with, and all that was left out: broken jars, and names, short
 * forms or presets that somebody else has.
 *
 * @param techniques what specs may name
 * @param refused what is left out and why
 */
public record Registry(Techniques techniques, List<Refused> refused) {

  public Registry {
    refused = List.copyOf(refused);
  }

  /**
   * Registers all techniques that were found.
   *
   * @param folders where was looked, for messages about unknown names
   */
  public static Registry of(Plugins plugins, List<PluginFolder> folders) {
    List<Refused> refused = new ArrayList<>(plugins.refused());
    TechniquesBuilder techniques = new TechniquesBuilder();
    for (Found found : plugins.techniques()) {
      techniques
          .offer(new Techniques.Entry(found.technique(), found.origin()))
          .ifPresent(reason -> refused.add(new Refused(null, null, reason)));
    }
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
