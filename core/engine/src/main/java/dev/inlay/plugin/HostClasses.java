package dev.inlay.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The host's classes that plugins see: the Java platform and the shared packages. The command line
 * and its libraries are hidden, so plugins can bring other versions of them.
 */
final class HostClasses extends ClassLoader {

  private static final String SERVICES = "META-INF/services/";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;
  private final SharedClasses shared;

  HostClasses(ClassLoader host) {
    super("inlay-host", ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.shared = SharedClasses.of(host);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return includes(name) ? host.loadClass(name) : super.loadClass(name, resolve);
  }

  /** Whether the host has Kotlin's standard library. */
  boolean bringsKotlin() {
    return shared.kotlin();
  }

  /** Whether plugins take the class of this name from the host, whatever they bring themselves. */
  boolean includes(String className) {
    return shared.include(className);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return visible(name) ? host.getResource(name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return visible(name) ? host.getResources(name) : Collections.emptyEnumeration();
  }

  /**
   * DJL looks its engines up once in a process, through whichever loader comes first: the service
   * files of shared libraries must be seen, or it would find none for ever. The core's own must
   * not, or every plugin would seem to provide the techniques of the class path.
   */
  private boolean visible(String resource) {
    if (resource.startsWith(SERVICES)) {
      String service = resource.substring(SERVICES.length());
      return shared.include(service) && !SharedClasses.ofApi(service);
    }
    return shared.includeResource(resource);
  }
}
