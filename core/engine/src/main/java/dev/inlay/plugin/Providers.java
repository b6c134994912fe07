package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Technique;
import dev.inlay.files.SmallFile;
import dev.inlay.guard.BuiltFor;
import dev.inlay.guard.Causes;
import dev.inlay.guard.ForeignCall;
import dev.inlay.guard.ForeignException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
  private final BuiltFor builtFor;

  /**
   * Provides from one loader.
   *
   * @param ownClassesOnly whether the classes must be the loader's own and not its parents'
   * @param builtFor what the jar was built for
   */
  Providers(ClassLoader loader, boolean ownClassesOnly, BuiltFor builtFor) {
    this.loader = loader;
    this.ownClassesOnly = ownClassesOnly;
    this.builtFor = builtFor;
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
      throw new BadJar("its %s cannot be read: %s".formatted(SERVICE_FILE, Causes.inWords(e)));
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
    Class<?> type = type(className, origin);
    Constructor<?> constructor = constructor(type, origin);
    Technique<?> technique = (Technique<?>) foreign(origin, constructor::newInstance);
    return new Found(name(technique, origin), technique, origin);
  }

  private Class<?> type(String className, String origin) throws BadJar {
    Class<?> type;
    try {
      type = ForeignCall.load(origin, () -> Class.forName(className, false, loader));
    } catch (ForeignException e) {
      throw e.thrown() instanceof ClassNotFoundException missing && missing.getCause() == null
          ? new BadJar("is not there, though " + SERVICE_FILE + " names it")
          : new BadJar(e.explain(builtFor));
    }
    if (ownClassesOnly && type.getClassLoader() != loader) {
      throw new BadJar("is not in this jar, though " + SERVICE_FILE + " names it");
    }
    if (!Technique.class.isAssignableFrom(type)) {
      throw new BadJar(
          "is no technique; implement Backbone, ContextModule, Decoder or Objective of dev.inlay");
    }
    return type;
  }

  private Constructor<?> constructor(Class<?> type, String origin) throws BadJar {
    Constructor<?>[] all = foreign(origin, type::getConstructors);
    for (Constructor<?> each : all) {
      if (each.getParameterCount() == 0
          && Modifier.isPublic(type.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())) {
        return each;
      }
    }
    throw new BadJar(
        "must be public, not abstract, and have a public constructor without arguments");
  }

  private String name(Technique<?> technique, String origin) throws BadJar {
    Named named =
        foreign(origin, () -> Optional.ofNullable(technique.getClass().getAnnotation(Named.class)))
            .orElseThrow(() -> new BadJar("has no name; annotate it with @Named"));
    if (!NAME.matcher(named.value()).matches()) {
      throw new BadJar(
          ("has the name '%s'; a technique's name is lower case, digits and hyphens and begins with"
                  + " a letter")
              .formatted(named.value()));
    }
    // What refers to the technique later on calls its method.
    String own = foreign(origin, () -> Objects.toString(technique.name()));
    if (!own.equals(named.value())) {
      throw new BadJar(
          "is called '%s' by @Named and '%s' by its method name(); remove the method"
              .formatted(named.value(), own));
    }
    // Read later without a guard; an annotation compiled against another api may lack it.
    foreign(origin, named::says);
    return named.value();
  }

  private <T> T foreign(String origin, Callable<T> body) throws BadJar {
    try {
      return ForeignCall.load(origin, body);
    } catch (InlayException e) {
      throw new BadJar("failed with " + Causes.inWords(e));
    } catch (ForeignException e) {
      throw new BadJar(e.explain(builtFor));
    }
  }
}
