package dev.inlay.plugin;

import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/** The plugin's id, version and requirements in a jar's manifest. */
final class PluginManifest {

  private static final Map<String, String> EXAMPLES =
      Map.of(
          ManifestPluginDescriptorFinder.PLUGIN_ID, "Plugin-Id: my-technique",
          ManifestPluginDescriptorFinder.PLUGIN_VERSION, "Plugin-Version: 1.0.0");

  private static final Pattern SHORT = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Attributes attributes;

  PluginManifest(Attributes attributes) {
    this.attributes = attributes;
  }

  /** The plugin id. */
  String id() throws BadJar {
    String id = required(ManifestPluginDescriptorFinder.PLUGIN_ID);
    if (!ID.matcher(id).matches()) {
      throw new BadJar(
          "has the Plugin-Id '" + id + "'; an id is letters, digits, '.', '_' and '-'");
    }
    return id;
  }

  /** The checked contents, for a core of this version. */
  PluginDescriptor descriptor(String coreVersion) throws BadJar {
    String version = required(ManifestPluginDescriptorFinder.PLUGIN_VERSION);
    if (!Versions.isVersion(version)) {
      String right = SHORT.matcher(version).matches() ? padded(version) : "1.2.0";
      throw new BadJar(
          "has the Plugin-Version '%s'; a version has three numbers, as in %s"
              .formatted(version, right));
    }
    absent(
        ManifestPluginDescriptorFinder.PLUGIN_CLASS,
        "techniques need none, they are found through " + Providers.SERVICE_FILE);
    absent(
        Attributes.Name.CLASS_PATH.toString(), "a plugin is one jar: pack its libraries into it");
    PluginDescriptor descriptor = new Parser().parse(attributes);
    checkRequirements(descriptor, coreVersion);
    return descriptor;
  }

  /** The version with the numbers that it lacks: {@code 1.0.0} for {@code 1.0}. */
  private static String padded(String version) {
    return version + (version.contains(".") ? ".0" : ".0.0");
  }

  private String required(String name) throws BadJar {
    String value = attributes.getValue(name);
    if (value == null || value.isBlank()) {
      throw new BadJar(
          ("has no %s in its manifest; add the line '%s' (maven-jar-plugin: manifestEntries, jar:"
                  + " --manifest), or move the jar elsewhere if it is no plugin")
              .formatted(name, EXAMPLES.get(name)));
    }
    return value;
  }

  private void absent(String name, String reason) throws BadJar {
    String value = attributes.getValue(name);
    if (value != null && !value.isBlank()) {
      throw new BadJar("has '" + name + ": " + value + "' in its manifest; " + reason);
    }
  }

  private static void checkRequirements(PluginDescriptor descriptor, String coreVersion)
      throws BadJar {
    String requires = descriptor.getRequires();
    if (!Versions.isRange(requires)) {
      throw new BadJar(
          "has the Plugin-Requires '%s', which is no range of versions; %s"
              .formatted(requires, Versions.RANGE_RULE));
    }
    for (PluginDependency dependency : descriptor.getDependencies()) {
      if (!ID.matcher(dependency.getPluginId()).matches()
          || !Versions.isRange(dependency.getPluginVersionSupport())) {
        throw new BadJar(
            "has Plugin-Dependencies with '"
                + written(dependency)
                + "', which is not a plugin id, '@' and a range of versions; a comma separates"
                + " dependencies; "
                + Versions.RANGE_RULE);
      }
    }
    if (!Versions.fit(coreVersion, requires)) {
      throw new BadJar(
          "needs Inlay %s (Plugin-Requires), and this is Inlay %s; %s"
              .formatted(requires, coreVersion, Versions.wayOut(coreVersion, requires)));
    }
  }

  private static String written(PluginDependency dependency) {
    String range = dependency.getPluginVersionSupport();
    return dependency.getPluginId()
        + (dependency.isOptional() ? "?" : "")
        + (range.equals("*") ? "" : "@" + range);
  }

  /** PF4J's parser of manifests, for a manifest that is open already. */
  private static final class Parser extends ManifestPluginDescriptorFinder {
    PluginDescriptor parse(Attributes attributes) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().putAll(attributes);
      return createPluginDescriptor(manifest);
    }
  }
}
