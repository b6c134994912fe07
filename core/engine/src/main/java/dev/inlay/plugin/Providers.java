package dev.inlay.plugin;

import dev.inlay.Named;
import dev.inlay.Technique;
import dev.inlay.files.SmallFile;
import dev.inlay.guard.Causes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * Creates the techniques that one service file names, one by one. {@link java.util.ServiceLoader}
 * is not used: its error about a class that cannot be linked names neither the provider nor the
 * jar.
 */
final class Providers {

  static final String SERVICE_FILE = "META-INF/services/" + Technique.class.getName();

  /** The largest service file in bytes. */
  static final int LARGEST = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final ClassLoader loader;
  private final boolean ownClassesOnly;
  private final String coreVersion;

  /**
   * Provides from one loader.
   *
   * @param ownClassesOnly whether the classes must be the loader's own and not its parents'
   */
  Providers(ClassLoader loader, boolean ownClassesOnly, String coreVersion) {
    this.loader = loader;
    this.ownClassesOnly = ownClassesOnly;
    this.coreVersion = coreVersion;
  }

  /** The class names in a service file of the class path, each once. */
  static Set<String> classNames(URL file) throws BadJar {
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // A cached jar would stay open after its loader is closed.
      try (InputStream bytes = connection.getInputStream()) {
        return classNames(bytes);
      }
    } catch (IOException e) {
      throw new BadJar("cannot read " + SERVICE_FILE + ": " + Causes.inWords(e));
    }
  }

  /** The class names in a service file, each once. */
  static Set<String> classNames(InputStream file) throws IOException, BadJar {
    List<String> lines =
        new String(SmallFile.atMost(file, LARGEST), StandardCharsets.UTF_8).lines().toList();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).replaceFirst("#.*", "").strip();
      if (!name.isEmpty() && !SourceVersion.isName(name)) {
        throw new BadJar(
            "has '%s' in line %d of %s; each line must be the full name of one class"
                .formatted(name, i + 1, SERVICE_FILE));
      }
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * All techniques of these classes.
   *
   * @throws BadJar with the reason for each broken class, if any class is broken
   */
  List<Found> make(Set<String> classNames, String origin) throws BadJar {
    List<Found> made = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String className : classNames) {
      try {
        made.add(make(className, origin));
      } catch (BadJar e) {
        problems.add("the technique class " + className + " " + e.reason());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadJar(String.join("; ", problems));
    }
    return made;
  }

  private Found make(String className, String origin) throws BadJar {
    try {
      Technique<?> technique = instance(className);
      return new Found(name(technique), technique, origin);
    } catch (ClassNotFoundException e) {
      throw new BadJar("is not there, though " + SERVICE_FILE + " names it");
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new BadJar(
          "must be public, not abstract, and have a public constructor without arguments");
    } catch (InvocationTargetException e) {
      throw new BadJar(explain(e.getCause() == null ? e : e.getCause()));
    } catch (BadJar | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) { // A plugin's error must not stop other plugins.
      throw new BadJar(explain(e));
    }
  }

  private Technique<?> instance(String className) throws ReflectiveOperationException, BadJar {
    Class<?> type = Class.forName(className, false, loader);
    if (ownClassesOnly && type.getClassLoader() != loader) {
      throw new BadJar("is not in this jar, though " + SERVICE_FILE + " names it");
    }
    if (!Technique.class.isAssignableFrom(type)) {
      throw new BadJar(
          "is no technique; implement Backbone, ContextModule, Decoder or Objective of dev.inlay");
    }
    return (Technique<?>) type.getConstructor().newInstance();
  }

  private String explain(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError exhausted) {
      throw exhausted;
    }
    return Causes.explain(thrown, coreVersion);
  }

  private static String name(Technique<?> technique) throws BadJar {
    Named named = technique.getClass().getAnnotation(Named.class);
    if (named == null) {
      throw new BadJar("has no name; annotate it with @Named");
    }
    if (!NAME.matcher(named.value()).matches()) {
      throw new BadJar(
          ("has the name '%s'; a technique's name is lower case, digits and hyphens and begins with"
                  + " a letter")
              .formatted(named.value()));
    }
    return named.value();
  }
}
