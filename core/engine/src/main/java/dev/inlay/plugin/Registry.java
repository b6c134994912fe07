package dev.inlay.plugin;

import dev.inlay.Backbone;
import dev.inlay.spec.Techniques;
import dev.inlay.spec.TechniquesBuilder;
import dev.inlay.standard.CrossEntropy;
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
    return new Registry(techniques.build(where(folders, refused, plugins.inOrderFound())), refused);
  }

  private static String where(
      List<PluginFolder> folders, List<Refused> refused, List<Found> found) {
    String places =
        folders.stream()
            .map(PluginFolder::path)
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    String looked = "Looked on the class path" + (places.isEmpty() ? "" : " and in " + places);
    String left =
        refused.isEmpty() ? "." : "; left out " + refused.size() + ", see 'inlay plugins'.";
    return looked + left + unmerged(found);
  }

  /**
   * A jar that packs others has one of their service files instead of all, unless it is told to
   * merge them; then the techniques of Inlay itself are missing, or every backbone is.
   */
  private static String unmerged(List<Found> found) {
    boolean own = found.stream().anyMatch(each -> each.technique() instanceof CrossEntropy);
    boolean backbones = found.stream().anyMatch(each -> each.technique() instanceof Backbone<?>);
    if (own && backbones) {
      return "";
    }
    return " %s. If Inlay is packed into one jar with others, merge their files %s (maven-shade-plugin: ServicesResourceTransformer; Gradle Shadow: mergeServiceFiles()). If not, add the dependency dev.inlay:inlay, or the jars of techniques."
        .formatted(
            own ? "No backbone is there at all" : "Inlay's own techniques are missing, too",
            Providers.SERVICE_FILE);
  }
}
