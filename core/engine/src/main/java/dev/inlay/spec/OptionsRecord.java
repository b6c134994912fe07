package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Option;
import dev.inlay.Technique;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The options record of one technique, seen by its components. Whatever is wrong with the record
 * itself is the technique's fault, and the error says so.
 *
 * @param <O> the record
 */
final class OptionsRecord<O extends Record> {

  /** One option: a component of the record. */
  record Component(String name, OptionType type, String meaning, Method accessor) {}

  private final Technique<O> technique;
  private final O defaults;
  private final List<Component> components = new ArrayList<>();
  private final Constructor<? extends Record> constructor;

  private OptionsRecord(Technique<O> technique) {
    this.technique = technique;
    this.defaults = defaultsOf(technique);
    Class<? extends Record> type = defaults.getClass();
    if (!Modifier.isPublic(type.getModifiers())) {
      throw fault(technique, "its options record " + type.getName() + " is not public");
    }
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    for (int i = 0; i < parts.length; i++) {
      components.add(component(parts[i]));
      types[i] = parts[i].getType();
    }
    try {
      constructor = type.getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw fault(technique, "the constructor of " + type.getName() + " is not public");
    }
  }

  static <O extends Record> OptionsRecord<O> of(Technique<O> technique) {
    return new OptionsRecord<>(technique);
  }

  private static <O extends Record> O defaultsOf(Technique<O> technique) {
    O defaults;
    try {
      defaults = technique.defaults();
    } catch (RuntimeException | LinkageError e) {
      throw fault(technique, "its defaults() threw " + e, e);
    }
    if (defaults == null) {
      throw fault(technique, "its defaults() gave null");
    }
    return defaults;
  }

  private Component component(RecordComponent part) {
    OptionType type = OptionType.of(part.getGenericType());
    if (type == null) {
      throw fault(
          technique,
          "its option '"
              + part.getName()
              + "' is a "
              + part.getGenericType().getTypeName()
              + "; options are int, long, double, boolean, String, an enum, or a List of these");
    }
    Option option = part.getAnnotation(Option.class);
    String meaning = option == null ? "" : option.value();
    return new Component(part.getName(), type, meaning, part.getAccessor());
  }

  Technique<O> technique() {
    return technique;
  }

  O defaults() {
    return defaults;
  }

  List<Component> components() {
    return components;
  }

  List<String> names() {
    return components.stream().map(Component::name).toList();
  }

  /** The value of one option. */
  Object get(Component component, Record options) {
    Object value;
    try {
      value = component.accessor().invoke(options);
    } catch (InvocationTargetException e) {
      throw fault(technique, "its option '" + component.name() + "' threw " + e.getCause(), e);
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw fault(technique, "its option '" + component.name() + "' cannot be read: " + e, e);
    }
    if (value == null) {
      throw fault(technique, "its option '" + component.name() + "' is null");
    }
    return value;
  }

  /**
   * A record of the values, in the order of the components.
   *
   * @throws Refused when the record's own check refuses a value
   * @throws InlayException when the record's constructor fails in any other way
   */
  @SuppressWarnings("unchecked") // the constructor is that of the defaults' class
  O create(Object[] values) throws Refused {
    try {
      return (O) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof InlayException check) {
        throw new Refused(String.valueOf(check.getMessage()));
      }
      if (cause instanceof VirtualMachineError error) {
        throw error;
      }
      throw fault(technique, "its options threw " + cause, cause);
    } catch (ReflectiveOperationException e) {
      throw fault(technique, "its options cannot be made: " + e, e);
    }
  }

  /** Prints {@code a=1, b=[1, 2]}: the options that are wanted. */
  List<String> print(
      Record options, String assign, UnaryOperator<String> quote, Predicate<Component> wanted) {
    return components.stream()
        .filter(wanted)
        .map(c -> c.name() + assign + c.type().print(get(c, options), quote))
        .toList();
  }

  private static InlayException fault(Technique<?> technique, String what) {
    return fault(technique, what, null);
  }

  private static InlayException fault(
      Technique<?> technique, String what, @Nullable Throwable cause) {
    return new InlayException(
        "the technique '"
            + technique.name()
            + "' ("
            + technique.getClass().getName()
            + ") is at fault: "
            + what
            + "; report it to whoever made the technique",
        cause);
  }

  /** The options' own check found a value wrong. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    private Refused(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    /** The check's message, which by custom begins with the option's name. */
    String reason() {
      return reason;
    }
  }
}
