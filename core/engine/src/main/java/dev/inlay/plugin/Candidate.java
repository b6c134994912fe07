package dev.inlay.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/**
 * A jar that passed the inspection of its file, manifest and entries; no class is loaded yet.
 *
 * @param descriptor the contents of its manifest
 * @param classNames the classes that its service file names
 * @param signers the names of those who signed it
 */
record Candidate(
    Path path, PluginDescriptor descriptor, Set<String> classNames, List<String> signers) {

  String id() {
    return descriptor.getPluginId();
  }

  String version() {
    return descriptor.getVersion();
  }

  /** The range of versions of Inlay that it runs with; {@code *} if it names none. */
  String requires() {
    return descriptor.getRequires();
  }

  List<PluginDependency> dependencies() {
    return descriptor.getDependencies();
  }

  /** What messages call the jar: {@code plugin jar aspp-0.1.0.jar}. */
  String origin() {
    return "plugin jar " + fileName();
  }

  String fileName() {
    return String.valueOf(path.getFileName());
  }
}
