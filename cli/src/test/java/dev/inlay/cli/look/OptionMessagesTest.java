package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.spec.OptionDescription;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The style of the messages that refuse option values, for all techniques that ship with Inlay. */
final class OptionMessagesTest {

  private static final List<String> WRITTEN =
      List.of(
          "-1",
          "0",
          "1",
          "2",
          "0.5",
          "1e99",
          "nan",
          "word",
          "[]",
          "[0]",
          "[-1, 1.5]",
          "[word]",
          "[1, 1, 1, 1, 1, 1, 1, 1, 1]",
          "true");

  private static final List<Object> WHOLE = List.of(0, 1, 2, 3, 7, 1000);
  private static final List<Object> FRACTIONS = List.of(0.0, 0.5, 1.0, 2.0);

  static Stream<Technique<?>> techniques() {
    return ClassPathTechniques.all().all().stream();
  }

  /** A value in a spec: its message begins with a capital letter, a quote or the option. */
  @ParameterizedTest
  @MethodSource("techniques")
  <O extends Record> void specsRefuseValuesInWholeSentences(Technique<O> technique) {
    for (OptionDescription option : OptionDescription.all(technique)) {
      List<String> messages = new ArrayList<>();
      for (String value : WRITTEN) {
        refusal(technique, option.name() + "=" + value).ifPresent(messages::add);
      }
      assertThat(messages).as(option.name()).isNotEmpty();
      String start = "([A-Z'\"]|" + technique.name() + "\\.(" + names(technique) + ") (is|holds) )";
      assertThat(messages)
          .allSatisfy(message -> assertThat(message).matches(start + ".*[^.][.?]"))
          .allSatisfy(message -> assertThat(message).doesNotContain(".;", ":."));
    }
  }

  /** Values in code: the record's own message is whole before the spec reader completes it. */
  @Test
  void recordsRefuseValuesInWholeSentences() throws Exception {
    Set<Technique<?>> refusing = new HashSet<>();
    for (Technique<?> technique : techniques().toList()) {
      for (InlayException refused : refusals(technique)) {
        refusing.add(technique);
        assertThat(refused).message().matches("(?s)(" + names(technique) + ") is .*[.?]");
      }
    }
    assertThat(refusing).hasSizeGreaterThan(4);
  }

  private static List<InlayException> refusals(Technique<?> technique)
      throws ReflectiveOperationException {
    RecordComponent[] components = defaults(technique).getClass().getRecordComponents();
    Constructor<?> constructor =
        defaults(technique)
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    List<InlayException> refusals = new ArrayList<>();
    for (Object[] values : pairs(technique, components)) {
      try {
        constructor.newInstance(values);
      } catch (InvocationTargetException e) {
        // Other exceptions come from values that the annotations refuse before the constructor.
        if (e.getCause() instanceof InlayException refused) {
          refusals.add(refused);
        }
      }
    }
    return refusals;
  }

  /** The defaults with every pair of options set to every pair of their trial values. */
  private static List<Object[]> pairs(Technique<?> technique, RecordComponent[] components)
      throws ReflectiveOperationException {
    Record defaults = defaults(technique);
    Object[] base = new Object[components.length];
    for (int i = 0; i < base.length; i++) {
      base[i] = components[i].getAccessor().invoke(defaults);
    }
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < base.length; i++) {
      for (int j = i; j < base.length; j++) {
        for (Object first : trials(components[i], base[i])) {
          for (Object second : trials(components[j], base[j])) {
            Object[] values = base.clone();
            values[i] = first;
            values[j] = second;
            all.add(values);
          }
        }
      }
    }
    return all;
  }

  private static List<Object> trials(RecordComponent component, Object preset) {
    Class<?> type = component.getType();
    if (type == int.class) {
      return WHOLE;
    }
    if (type == double.class) {
      return FRACTIONS;
    }
    if (type == boolean.class) {
      return List.of(true, false);
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    boolean ofWhole =
        component.getGenericType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] == Integer.class;
    return ofWhole
        ? List.of(preset, List.of(1), List.of(1, 2), List.of(2, 2, 2, 2, 2))
        : List.of(preset);
  }

  private static <O extends Record> Optional<String> refusal(Technique<O> technique, String text) {
    try {
      read(technique, text);
      return Optional.empty();
    } catch (InlayException e) {
      return e.getMessage().lines().findFirst();
    }
  }

  private static <O extends Record> O defaults(Technique<O> technique) {
    return read(technique, "");
  }

  @SuppressWarnings("unchecked") // a technique's class has the options of the technique
  private static <O extends Record> O read(Technique<O> technique, String text) {
    return Technique.options((Class<? extends Technique<O>>) technique.getClass(), "%s", text);
  }

  private static String names(Technique<?> technique) {
    return OptionDescription.all(technique).stream()
        .map(OptionDescription::name)
        .collect(Collectors.joining("|"));
  }
}
