package dev.inlay.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;

/**
 * The classes of one plugin jar: the shared ones from the host, then its own, then those of the
 * plugins it depends on.
 *
 * <p>The dependencies are passed in. PF4J's plugin manager is not used: it stops loading all
 * plugins at the first broken one, and logs errors that this package returns.
 */
final class PluginClasses extends PluginClassLoader {

  private final List<PluginClasses> dependencies;

  PluginClasses(Candidate jar, List<PluginClasses> dependencies, HostClasses host) {
    super(null, jar.descriptor(), host, ClassLoadingStrategy.PDA);
    this.dependencies = List.copyOf(dependencies);
    addURL(url(jar.path()));
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return SharedClasses.include(className);
  }

  @Override
  protected @Nullable Class<?> loadClassFromDependencies(String className) {
    for (PluginClasses dependency : dependencies) {
      try {
        return dependency.loadClass(className);
      } catch (ClassNotFoundException e) {
        // The next dependency may have it.
      }
    }
    return null;
  }

  @Override
  protected @Nullable URL findResourceFromDependencies(String name) {
    for (PluginClasses dependency : dependencies) {
      URL found = dependency.findResource(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  protected Collection<URL> findResourcesFromDependencies(String name) throws IOException {
    List<URL> found = new ArrayList<>();
    for (PluginClasses dependency : dependencies) {
      found.addAll(Collections.list(dependency.findResources(name)));
    }
    return found;
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
