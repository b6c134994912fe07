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

  HostClasses(ClassLoader host) {
    super("inlay-host", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return SharedClasses.include(name) ? host.loadClass(name) : super.loadClass(name, resolve);
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
  private static boolean visible(String resource) {
    if (resource.startsWith(SERVICES)) {
      String service = resource.substring(SERVICES.length());
      return SharedClasses.include(service) && !SharedClasses.ofApi(service);
    }
    return SharedClasses.includeResource(resource);
  }
}
