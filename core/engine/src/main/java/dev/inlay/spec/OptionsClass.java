package dev.inlay.spec;

import dev.inlay.Technique;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the options record of a technique's class in what the class extends and implements; a
 * record that is no technique is its own.
 */
final class OptionsClass {

  private OptionsClass() {}

  /** The record that stands for the O of {@code Technique<O>}; empty if the class names none. */
  static Optional<Class<? extends Record>> of(Class<?> technique) {
    if (technique.isRecord() && !Technique.class.isAssignableFrom(technique)) {
      return Optional.of(technique.asSubclass(Record.class));
    }
    return search(technique, new HashMap<>()).map(type -> type.asSubclass(Record.class));
  }

  private static Optional<Class<?>> search(Type type, Map<TypeVariable<?>, Type> known) {
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = ((Class<?>) generic.getRawType()).getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        Type argument = generic.getActualTypeArguments()[i];
        known.put(variables[i], known.getOrDefault(argument, argument));
      }
      if (generic.getRawType() == Technique.class) {
        return known.get(variables[0]) instanceof Class<?> options
            ? Optional.of(options)
            : Optional.empty();
      }
      return search(generic.getRawType(), known);
    }
    if (!(type instanceof Class<?> plain) || !Technique.class.isAssignableFrom(plain)) {
      return Optional.empty();
    }
    for (Type each : plain.getGenericInterfaces()) {
      Optional<Class<?>> found = search(each, known);
      if (found.isPresent()) {
        return found;
      }
    }
    Type parent = plain.getGenericSuperclass();
    return parent == null ? Optional.empty() : search(parent, known);
  }
}
