package dev.inlay.cli.author;

import dev.inlay.spec.Suggestions;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a constant of an enum by the word that help shows for it. */
abstract class Word<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  Word(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String value) {
    E[] all = type.getEnumConstants();
    for (E each : all) {
      if (each.toString().equalsIgnoreCase(value)) {
        return each;
      }
    }
    List<String> words = Arrays.stream(all).map(Object::toString).toList();
    throw new TypeConversionException(
        "it is one of %s, not '%s'.%s"
            .formatted(String.join(", ", words), value, Suggestions.didYouMean(value, words)));
  }
}
