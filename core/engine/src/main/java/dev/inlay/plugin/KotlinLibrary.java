package dev.inlay.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.zip.ZipFile;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;

/**
 * Kotlin's standard library as a jar in a plugin folder. All plugins of the folders use this one
 * jar, unless the host or the plugin itself brings the library.
 */
final class KotlinLibrary {

  /** A class that every release of the library has. */
  static final String MARK = "kotlin/Unit.class";

  /** The id that stands for the library among plugin ids. */
  static final String ID = "kotlin-stdlib";

  private static final String ANY_VERSION = "*";

  private KotlinLibrary() {}

  /** Whether a jar is the library as JetBrains publishes it, which is no plugin. */
  static boolean is(ZipFile jar, Attributes manifest) {
    return manifest.getValue(ManifestPluginDescriptorFinder.PLUGIN_ID) == null
        && ID.equals(manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE))
        && jar.getEntry(MARK) != null;
  }

  /** The library among the jars that passed inspection; it provides no technique. */
  static Candidate candidate(Path path, Attributes manifest, List<String> signers) {
    String version = String.valueOf(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    PluginDescriptor descriptor =
        new DefaultPluginDescriptor(ID, "", "", version, ANY_VERSION, "JetBrains", "Apache-2.0");
    return new Candidate(path, descriptor, Set.of(), signers);
  }
}
