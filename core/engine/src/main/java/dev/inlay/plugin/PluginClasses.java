package dev.inlay.plugin;

import dev.inlay.files.SmallFile;
import dev.inlay.guard.ForbiddenCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin jar: the shared ones from the host, then its own, then those of the
 * plugins it depends on, then those of the Java platform.
 *
 * <p>A class whose code calls {@link Runtime#halt} is not loaded: such a call ends the process with
 * the plugin's exit code, and nothing could say why. {@link ClassCalls} tells what it cannot see.
 *
 * <p>PF4J's class loader is not used: it keeps every jar open for as long as its classes are used.
 */
final class PluginClasses extends SecureClassLoader {

  /** The largest resource that is read at once; a larger one is read from its address. */
  private static final int LARGEST_RESOURCE = 1 << 20;

  /** The bytes of a class and what signed them. */
  private record ClassFile(byte[] bytes, CodeSigner @Nullable [] signers) {}

  private final HostClasses host;
  private final Path path;
  private final OpenJars jars;
  private final URL location;
  private final List<PluginClasses> dependencies;
  private volatile boolean closed;

  PluginClasses(Candidate jar, List<PluginClasses> dependencies, HostClasses host, OpenJars jars) {
    super(jar.origin(), host);
    this.host = host;
    this.path = jar.path();
    this.jars = jars;
    this.location = JarAddresses.of(path);
    this.dependencies = List.copyOf(dependencies);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        type = isOfHost(name) ? getParent().loadClass(name) : loadOwnFirst(name);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private boolean isOfHost(String className) {
    return className.startsWith("java.") || host.includes(className);
  }

  private Class<?> loadOwnFirst(String name) throws ClassNotFoundException {
    Class<?> own = defined(name);
    if (own != null) {
      return own;
    }
    for (PluginClasses dependency : dependencies) {
      try {
        return dependency.loadClass(name);
      } catch (ClassNotFoundException e) {
        // The next dependency may have it.
      }
    }
    return getParent().loadClass(name);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> own = defined(name);
    if (own == null) {
      throw new ClassNotFoundException(name);
    }
    return own;
  }

  private @Nullable Class<?> defined(String name) throws ClassNotFoundException {
    ClassFile file;
    try {
      file = read(jar -> classFile(jar, name.replace('.', '/') + ".class"));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (file == null) {
      return null;
    }
    if (ClassCalls.haltProcess(file.bytes())) {
      throw new ForbiddenCall(
          "the class %s of %s calls Runtime.halt, which ends the process without a message; throw an exception instead"
              .formatted(name, getName()));
    }
    definePackageOf(name);
    CodeSource source = new CodeSource(location, file.signers());
    return defineClass(name, file.bytes(), 0, file.bytes().length, source);
  }

  private static @Nullable ClassFile classFile(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream stream = jar.getInputStream(entry)) {
      byte[] bytes = SmallFile.atMost(stream, Inspection.LARGEST_ENTRY);
      return new ClassFile(bytes, entry.getCodeSigners()); // They are known after reading.
    }
  }

  private void definePackageOf(String className) throws ClassNotFoundException {
    int end = className.lastIndexOf('.');
    String name = className.substring(0, Math.max(0, end));
    if (end < 0 || getDefinedPackage(name) != null) {
      return;
    }
    Manifest manifest;
    try {
      manifest = read(JarFile::getManifest);
    } catch (IOException e) {
      throw new ClassNotFoundException(className, e);
    }
    Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
    definePackage(
        name,
        main.getValue(Attributes.Name.SPECIFICATION_TITLE),
        main.getValue(Attributes.Name.SPECIFICATION_VERSION),
        main.getValue(Attributes.Name.SPECIFICATION_VENDOR),
        main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
        main.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
        main.getValue(Attributes.Name.IMPLEMENTATION_VENDOR),
        null);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    if (own != null) {
      return own;
    }
    for (PluginClasses dependency : dependencies) {
      URL found = dependency.findResource(name);
      if (found != null) {
        return found;
      }
    }
    return getParent().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    for (PluginClasses dependency : dependencies) {
      all.addAll(Collections.list(dependency.findResources(name)));
    }
    all.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(all);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] own = read(jar -> smallResource(jar, name));
      if (own != null) {
        return new ByteArrayInputStream(own);
      }
      URL address = getResource(name);
      return address == null ? null : address.openStream();
    } catch (IOException e) {
      return null;
    }
  }

  /** The bytes of a resource; null if there is none or it is large. */
  private static byte @Nullable [] smallResource(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    if (entry == null || entry.isDirectory() || entry.getSize() > LARGEST_RESOURCE) {
      return null;
    }
    try (InputStream stream = jar.getInputStream(entry)) {
      return SmallFile.atMost(stream, LARGEST_RESOURCE);
    } catch (SmallFile.TooLargeException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      JarEntry found = read(jar -> jar.getJarEntry(name));
      return found != null ? JarAddresses.of(path, name) : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(found));
  }

  private <T> @Nullable T read(OpenJars.Reading<T> reading) throws IOException {
    if (closed) {
      throw new IOException("the jar %s is closed".formatted(path));
    }
    return jars.read(path, reading);
  }

  /** Closes the jar; classes that were not used until then are lost. */
  void close() throws IOException {
    closed = true;
    jars.close(path);
  }
}
