package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Technique;
import dev.inlay.files.Sentence;
import dev.inlay.guard.BuiltFor;
import dev.inlay.guard.Core;
import dev.inlay.guard.ForeignCall;
import dev.inlay.guard.ForeignException;
import dev.inlay.guard.Guard;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options record of one technique with its components. An error in the record itself is a fault
 * of the technique, and its message says so.
 *
 * @param <O> the record
 */
final class OptionsRecord<O extends Record> {

  /** One option: a component of the record. */
  record Component(
      String name, OptionType type, String meaning, OptionRules rules, Method accessor) {}

  private static final ClassValue<OptionsRecord<?>> ALL =
      new ClassValue<>() {
        @Override
        protected OptionsRecord<?> computeValue(Class<?> technique) {
          return new OptionsRecord<>(technique);
        }
      };

  private final Class<?> technique;
  private final String origin;
  private final Class<? extends Record> type;
  private final List<Component> components = new ArrayList<>();
  private final Constructor<? extends Record> constructor;
  private final O defaults;

  private OptionsRecord(Class<?> technique) {
    this.technique = technique;
    this.origin = Core.origin(technique);
    type =
        OptionsClass.of(technique)
            .orElseThrow(
                () ->
                    fault(
                        "it does not name its options record; write the record as the type"
                            + " argument of the interface that it implements"));
    if (!Modifier.isPublic(type.getModifiers())) {
      throw fault("its options record " + type.getName() + " is not public");
    }
    RecordComponent[] parts = type.getRecordComponents();
    try {
      constructor =
          type.getConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw fault("the constructor of " + type.getName() + " is not public");
    }
    @Nullable Record made = withoutArguments();
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Option option = annotation(parts[i]);
      Component component = component(parts[i], option);
      components.add(component);
      values[i] = defaultOf(component, option, made);
    }
    try {
      defaults = create(values);
    } catch (Refused e) {
      throw fault("its defaults are refused: " + e.reason());
    }
  }

  /**
   * The options record of a technique.
   *
   * @throws InlayException that says what is wrong with the record, if anything is
   */
  @SuppressWarnings("unchecked") // the options of Technique<O> are O
  static <O extends Record> OptionsRecord<O> of(Technique<O> technique) {
    return (OptionsRecord<O>) read(technique.getClass());
  }

  /** The options record of a technique's class. */
  @SuppressWarnings("unchecked") // the options of Technique<O> are O
  static <O extends Record> OptionsRecord<O> of(Class<? extends Technique<O>> technique) {
    return (OptionsRecord<O>) read(technique);
  }

  /** The components of a record that is written by its own name. */
  static OptionsRecord<?> ofNamed(Class<? extends Record> record) {
    return read(record);
  }

  /** Reading runs code of the technique: its annotations and the record's constructor. */
  private static OptionsRecord<?> read(Class<?> technique) {
    return Guard.call(
        name(technique), technique, Core.origin(technique), Core.VERSION, () -> ALL.get(technique));
  }

  /** The record that its constructor without arguments makes; null if there is none. */
  private @Nullable Record withoutArguments() {
    Constructor<? extends Record> plain;
    try {
      plain = type.getConstructor();
    } catch (NoSuchMethodException e) {
      return null;
    }
    try {
      return constructor.equals(plain) ? null : made(plain);
    } catch (Refused e) {
      throw fault("its defaults are refused: " + e.reason());
    }
  }

  /**
   * The annotation of an option. It may stand at any of the places where a component of a record
   * shows: Java copies it to all of them, Kotlin writes it to the one that the author names.
   */
  private Option annotation(RecordComponent part) {
    return Stream.of(part, field(part), part.getAccessor())
        .map(place -> place.getAnnotation(Option.class))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                fault(
                    "its option '%s' has no meaning and no default; annotate it with @Option"
                        .formatted(part.getName())));
  }

  private AnnotatedElement field(RecordComponent part) {
    try {
      return type.getDeclaredField(part.getName());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e); // every component has its field
    }
  }

  private Component component(RecordComponent part, Option option) {
    String name = part.getName();
    OptionType optionType = OptionType.of(part.getGenericType());
    if (optionType == null) {
      throw fault(
          "its option '%s' has the type %s; options have the types int, long, double, boolean, String, an enum, or a List of these"
              .formatted(name, part.getGenericType().getTypeName()));
    }
    OptionRules rules = new OptionRules(name, option);
    Optional<String> misplaced = rules.misplaced(optionType);
    if (misplaced.isPresent()) {
      throw fault("its option '" + name + "' is annotated with " + misplaced.get());
    }
    return new Component(name, optionType, option.value(), rules, part.getAccessor());
  }

  /** The default that the annotation states, or else the one of the record made without any. */
  private Object defaultOf(Component component, Option option, @Nullable Record made) {
    if (option.is().isEmpty()) {
      if (made == null) {
        throw fault(
            ("its option '%s' has no default; state it as 'is' of @Option, or give the record a"
                    + " public constructor without arguments, as Kotlin does where every property"
                    + " has a default value")
                .formatted(component.name()));
      }
      return get(component, made);
    }
    Object stated = statedDefault(component, option);
    if (made != null && !stated.equals(get(component, made))) {
      throw fault(
          "its option '%s' has two defaults, %s by @Option and %s by the constructor; state one"
              .formatted(component.name(), stated, get(component, made)));
    }
    return stated;
  }

  private Object statedDefault(Component component, Option option) {
    Source source = Source.text(option.is(), "");
    try {
      ParsedStage.Value written = TextReader.readValue(source, component.name());
      return OptionsBinder.read(component, written, name(), source);
    } catch (InlayException e) {
      throw fault("the default of its option '" + component.name() + "': " + e.getMessage());
    }
  }

  /** The technique's name, or its class's if it has none. */
  String name() {
    return name(technique);
  }

  private static String name(Class<?> technique) {
    Named named = technique.getAnnotation(Named.class);
    return named == null ? technique.getSimpleName() : named.value();
  }

  /** What the annotation says that it does. */
  String says() {
    Named named = technique.getAnnotation(Named.class);
    return named == null ? "" : named.says();
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
      value = ForeignCall.run(origin, () -> component.accessor().invoke(options));
    } catch (ForeignException e) {
      throw fault(
          "its option '%s' %s"
              .formatted(component.name(), e.explain(BuiltFor.of(technique, Core.VERSION))),
          e.thrown());
    }
    if (value == null) {
      throw fault("its option '" + component.name() + "' is null");
    }
    return value;
  }

  /** The first rule of an annotation that these options break; empty if they keep all. */
  Optional<String> broken(Record options) {
    return components.stream()
        .flatMap(each -> each.rules().broken(get(each, options)).stream())
        .findFirst();
  }

  /**
   * A record of the values, in the order of the components.
   *
   * @throws Refused when an annotation's rule or the record's own check refuses a value
   * @throws InlayException when the record's constructor fails in any other way
   */
  O create(Object[] values) throws Refused {
    for (int i = 0; i < values.length; i++) {
      Optional<String> broken = components.get(i).rules().broken(values[i]);
      if (broken.isPresent()) {
        throw new Refused(broken.get());
      }
    }
    return made(constructor, values);
  }

  @SuppressWarnings("unchecked") // the constructors are those of O
  private O made(Constructor<? extends Record> by, Object... values) throws Refused {
    try {
      return (O) ForeignCall.load(origin, () -> by.newInstance(values));
    } catch (InlayException check) {
      throw new Refused(String.valueOf(check.getMessage()));
    } catch (ForeignException e) {
      throw fault(
          "the constructor of its options " + e.explain(BuiltFor.of(technique, Core.VERSION)),
          e.thrown());
    }
  }

  /** Prints the wanted options: {@code a=1, b=[1, 2]}. */
  List<String> print(
      Record options, String assign, UnaryOperator<String> quote, Predicate<Component> wanted) {
    return components.stream()
        .filter(wanted)
        .map(c -> c.name() + assign + c.type().print(get(c, options), quote))
        .toList();
  }

  private InlayException fault(String what) {
    return fault(what, null);
  }

  private InlayException fault(String what, @Nullable Throwable cause) {
    return new InlayException(
        "The technique '%s' (%s of %s) is at fault: %s Report it to the technique's author."
            .formatted(name(), technique.getName(), origin, Sentence.ended(what)),
        cause);
  }

  /** A check of the options refused a value. */
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
