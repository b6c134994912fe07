package dev.inlay.plugin;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/** A jar that looks sound from the outside, with what its manifest says. */
record Candidate(Path path, PluginDescriptor descriptor) {

  String id() {
    return descriptor.getPluginId();
  }

  String version() {
    return descriptor.getVersion();
  }

  List<PluginDependency> dependencies() {
    return descriptor.getDependencies();
  }

  String fileName() {
    return String.valueOf(path.getFileName());
  }
}
