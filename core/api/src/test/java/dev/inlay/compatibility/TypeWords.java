package dev.inlay.compatibility;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as the text of the api writes them: {@code java.util.List<@Nullable Tensor>}. */
final class TypeWords {

  private TypeWords() {}

  static String of(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      return nullness(type) + of(array.getAnnotatedGenericComponentType()) + "[]";
    }
    return nullness(type) + bare(type);
  }

  private static String bare(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      String raw = generic.getType().getTypeName().replaceFirst("<.*", "");
      return shortened(raw) + "<" + list(generic.getAnnotatedActualTypeArguments()) + ">";
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      AnnotatedType[] lower = wildcard.getAnnotatedLowerBounds();
      String upper = list(wildcard.getAnnotatedUpperBounds());
      if (lower.length > 0) {
        return "? super " + list(lower);
      }
      return upper.equals("Object") ? "?" : "? extends " + upper;
    }
    if (type instanceof AnnotatedTypeVariable variable) {
      return variable.getType().getTypeName();
    }
    return shortened(type.getType().getTypeName());
  }

  private static String list(AnnotatedType[] types) {
    return Arrays.stream(types).map(TypeWords::of).collect(Collectors.joining(", "));
  }

  private static String nullness(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class) ? ApiText.NULLABLE : "";
  }

  /** The type parameters of a class or method, {@code <O extends Record>}; empty if it has none. */
  static String parameters(GenericDeclaration declaration) {
    String all =
        Stream.of(declaration.getTypeParameters())
            .map(TypeWords::parameter)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : "<" + all + ">";
  }

  private static String parameter(TypeVariable<?> variable) {
    String bounds =
        Stream.of(variable.getAnnotatedBounds())
            .map(TypeWords::of)
            .collect(Collectors.joining("&"));
    return variable.getName() + (bounds.equals("Object") ? "" : " extends " + bounds);
  }

  /** A name without the package of the api or java.lang. */
  static String shortened(String name) {
    return name.replaceAll("\\b(?:dev\\.inlay|java\\.lang)\\.(?=[A-Z])", "").replace('$', '.');
  }
}
