package dev.inlay.compatibility;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What authors see of a compiled package: its public types with their public members. */
final class PublicApi {

  private static final String PACKAGE = "dev.inlay";
  private static final String PROVIDED = PACKAGE + ".Provided";

  private PublicApi() {}

  /** The api in a folder of classes. */
  static ApiText in(Path classes, ClassLoader loader) throws IOException {
    List<ApiText.Type> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes.resolve(PACKAGE.replace('.', '/')))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String simple = file.getFileName().toString().replaceFirst("\\.class$", "");
        Class<?> type = load(PACKAGE + "." + simple, loader);
        if (!simple.equals("package-info") && isPublic(type)) {
          types.add(described(type));
        }
      }
    }
    return ApiText.of(types);
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    boolean visible = isVisible(type.getModifiers()) && !type.isSynthetic();
    return visible && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static ApiText.Type described(Class<?> type) {
    List<ApiText.Line> lines = new ArrayList<>();
    addFacts(type, lines);
    fields(type).forEach(lines::add);
    Stream.of(type.getDeclaredConstructors())
        .filter(made -> isVisible(made.getModifiers()) && !isCanonical(type, made))
        .map(PublicApi::constructor)
        .forEach(lines::add);
    Stream.of(type.getDeclaredMethods())
        .filter(method -> isVisible(method.getModifiers()) && !isImplied(type, method))
        .map(method -> method(type, method))
        .forEach(lines::add);
    return ApiText.type(type.getTypeName().replace('$', '.'), kind(type), flags(type), lines);
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "annotation";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isInterface() ? "interface" : type.isRecord() ? "record" : "class";
  }

  private static List<String> flags(Class<?> type) {
    boolean plain = kind(type).equals("class");
    boolean provided =
        Stream.of(type.getAnnotations())
            .anyMatch(each -> each.annotationType().getName().equals(PROVIDED));
    return given(
        plain && Modifier.isFinal(type.getModifiers()) ? "final" : null,
        plain && Modifier.isAbstract(type.getModifiers()) ? "abstract" : null,
        type.isSealed() ? "sealed" : null,
        Modifier.isProtected(type.getModifiers()) ? "protected" : null,
        provided ? "provided" : null);
  }

  private static List<String> given(String... words) {
    return Arrays.stream(words).filter(Objects::nonNull).toList();
  }

  private static void addFacts(Class<?> type, List<ApiText.Line> lines) {
    add(lines, "parameters", TypeWords.parameters(type));
    if (kind(type).equals("class")) {
      add(lines, "extends", TypeWords.of(type.getAnnotatedSuperclass()));
    }
    if (!type.isAnnotation()) {
      for (AnnotatedType each : type.getAnnotatedInterfaces()) {
        add(lines, "extends", TypeWords.of(each));
      }
    }
    if (type.isSealed()) {
      add(
          lines,
          "permits",
          sorted(Stream.of(type.getPermittedSubclasses()).map(Class::getTypeName)));
    }
    if (type.isRecord()) {
      add(
          lines,
          "components",
          Stream.of(type.getRecordComponents())
              .map(PublicApi::component)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    if (type.isAnnotation()) {
      Target target = type.getAnnotation(Target.class);
      add(
          lines,
          "targets",
          target == null ? "all" : sorted(Stream.of(target.value()).map(Enum::name)));
      Retention retention = type.getAnnotation(Retention.class);
      add(lines, "retention", retention == null ? "CLASS" : retention.value().name());
    }
  }

  private static void add(List<ApiText.Line> lines, String what, String written) {
    if (!written.isEmpty()
        && !written.equals("Object")
        && !written.equals("annotation.Annotation")) {
      lines.add(ApiText.line(what, written, List.of()));
    }
  }

  private static String sorted(Stream<String> words) {
    return words.map(TypeWords::shortened).sorted().collect(Collectors.joining(", "));
  }

  private static String component(RecordComponent component) {
    return TypeWords.of(component.getAnnotatedType()) + " " + component.getName();
  }

  private static Stream<ApiText.Line> fields(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
        .map(
            field ->
                field.isEnumConstant()
                    ? ApiText.line("constant", field.getName(), List.of())
                    : field(field));
  }

  private static ApiText.Line field(Field field) {
    int modifiers = field.getModifiers();
    return ApiText.line(
        "field",
        field.getName() + ": " + TypeWords.of(field.getAnnotatedType()),
        given(
            Modifier.isStatic(modifiers) ? "static" : null,
            Modifier.isFinal(modifiers) ? "final" : null,
            Modifier.isProtected(modifiers) ? "protected" : null));
  }

  private static ApiText.Line constructor(Constructor<?> made) {
    return ApiText.line(
        "constructor",
        parameters(made),
        given(Modifier.isProtected(made.getModifiers()) ? "protected" : null));
  }

  /** The constructor that the components of a record stand for. */
  private static boolean isCanonical(Class<?> type, Constructor<?> made) {
    return type.isRecord()
        && Arrays.equals(
            made.getParameterTypes(),
            Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray());
  }

  /** What every object, enum or record of these components has. */
  private static boolean isImplied(Class<?> type, Method method) {
    String name = method.getName();
    boolean accessor =
        type.isRecord()
            && method.getParameterCount() == 0
            && Stream.of(type.getRecordComponents()).anyMatch(each -> each.getName().equals(name));
    boolean ofEnum = type.isEnum() && List.of("values", "valueOf").contains(name);
    boolean ofObject = List.of("equals", "hashCode", "toString").contains(name);
    return method.isSynthetic() || accessor || ofEnum || ofObject;
  }

  private static ApiText.Line method(Class<?> type, Method method) {
    int modifiers = method.getModifiers();
    List<String> flags = new ArrayList<>();
    flags.addAll(
        given(
            Modifier.isStatic(modifiers) ? "static" : null,
            Modifier.isAbstract(modifiers) && !type.isAnnotation() ? "abstract" : null,
            method.isDefault() ? "default" : null,
            Modifier.isFinal(modifiers) && !Modifier.isFinal(type.getModifiers()) ? "final" : null,
            Modifier.isProtected(modifiers) ? "protected" : null));
    Object value = method.getDefaultValue();
    if (value != null) {
      flags.add("default is " + written(value));
    }
    for (AnnotatedType thrown : method.getAnnotatedExceptionTypes()) {
      flags.add("throws " + TypeWords.of(thrown));
    }
    return ApiText.line(
        type.isAnnotation() ? "element" : "method",
        TypeWords.parameters(method)
            + method.getName()
            + parameters(method)
            + ": "
            + TypeWords.of(method.getAnnotatedReturnType()),
        flags);
  }

  private static String written(Object value) {
    String text = value.getClass().isArray() ? "an array" : String.valueOf(value);
    return value instanceof Annotation || text.contains(",") || text.contains(";")
        ? "given"
        : "'" + text + "'";
  }

  private static String parameters(Executable of) {
    String all =
        Stream.of(of.getAnnotatedParameterTypes())
            .map(TypeWords::of)
            .collect(Collectors.joining(", ", "(", ")"));
    return of.isVarArgs() ? all.replaceFirst("\\[]\\)$", "...)") : all;
  }
}
