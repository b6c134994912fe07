package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.guard.Core;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The description of options in words, and errors for faulty options records. */
final class OptionDescriptionTest {

  @Test
  void describesEachOptionInWords() {
    assertThat(OptionDescription.all(Samples.ASPP_CONTEXT))
        .containsExactly(
            new OptionDescription(
                "rates", "list of whole numbers", "[6, 12, 18]", "dilations of the branches"),
            new OptionDescription("channels", "whole number", "256", "channels of each branch"),
            new OptionDescription("dropout", "number", "0.1", "share of values dropped"));
    assertThat(OptionDescription.all(Samples.TECHNIQUES.get("every")))
        .extracting(OptionDescription::type)
        .containsExactly(
            "whole number",
            "whole number",
            "number",
            "true or false",
            "text",
            "plain, v1c or three-by-three",
            "list of whole numbers",
            "list of whole numbers",
            "list of numbers",
            "list of true or false",
            "list of texts",
            "list of plain, v1c or three-by-three");
    assertThat(OptionDescription.all(Samples.FCN)).isEmpty();
  }

  @Test
  void tellsTheDefaultOfEachTypeAsASpecWritesIt() {
    assertThat(OptionDescription.all(Samples.TECHNIQUES.get("every")))
        .extracting(OptionDescription::defaultValue)
        .containsExactly(
            "1",
            "2",
            "0.5",
            "false",
            "word",
            "plain",
            "[1]",
            "[2]",
            "[0.5]",
            "[true]",
            "[one, 'two words']",
            "[v1c]");
  }

  // Where the annotation and the default may stand

  /** Says nothing before its component; Kotlin's {@code @get:} writes to this place. */
  public record Elsewhere(int number) {
    @Override
    @Option(value = "at the accessor", is = "3")
    public int number() {
      return number;
    }
  }

  /** Its constructor without arguments has the defaults. */
  public record Constructed(
      @Option(value = "a width", least = 1) int width,
      @Option(value = "rates") List<Integer> rates) {
    public Constructed() {
      this(32, List.of(1, 2));
    }
  }

  @Named(value = "third", says = "A sample.")
  private static final class OfElsewhere extends Sample<Elsewhere> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfConstructed extends Sample<Constructed> {}

  @Test
  void theAnnotationMayStandWhereverAComponentShows() {
    assertThat(OptionDescription.all(new OfElsewhere()))
        .containsExactly(new OptionDescription("number", "whole number", "3", "at the accessor"));
  }

  @Test
  void theConstructorWithoutArgumentsGivesTheDefaultsThatNoAnnotationStates() {
    assertThat(OptionDescription.all(new OfConstructed()))
        .containsExactly(
            new OptionDescription("width", "whole number", "32", "a width"),
            new OptionDescription("rates", "list of whole numbers", "[1, 2]", "rates"));
  }

  // Faulty records

  /** States no default at all. */
  public record Undecided(@Option("a number") int number) {}

  /** States two defaults. */
  public record Torn(@Option(value = "a number", is = "1") int number) {
    public Torn() {
      this(2);
    }
  }

  /** Its constructor gives a default that a rule refuses. */
  public record Low(@Option(value = "a number", least = 1) int number) {
    public Low() {
      this(0);
    }
  }

  @Named(value = "third", says = "A sample.")
  private static final class OfUndecided extends Sample<Undecided> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfTorn extends Sample<Torn> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfLow extends Sample<Low> {}

  record Hidden(@Option(value = "unseen", is = "1") int number) {}

  /** A component of a type that specs cannot write. */
  public record Unwritable(@Option(value = "a table", is = "1") Map<String, Integer> table) {}

  /** A component without a meaning. */
  public record Bare(int number) {}

  /** A component without a value. */
  public record Absent(@Option(value = "missing", is = "text") String text) {
    @Override
    @SuppressWarnings("NullAway") // a plugin may give null whatever the contract says
    public String text() {
      return null;
    }
  }

  /** A default of another type. */
  public record Misread(@Option(value = "a number", is = "many") int number) {}

  /** A default that cannot be read. */
  public record Unclosed(@Option(value = "numbers", is = "[1, 2") List<Integer> numbers) {}

  /** A default that violates its own rule. */
  public record Refused(@Option(value = "a number", is = "0", least = 1) int number) {}

  /** A rule for numbers on a text. */
  public record Misplaced(@Option(value = "a text", is = "word", least = 1) String text) {}

  /** A list length on a number. */
  public record Sized(@Option(value = "a number", is = "1", size = 2) int number) {}

  /** A module of any options. */
  private abstract static class Sample<O extends Record> implements ContextModule<O> {
    @Override
    public Features build(O options, Features input, Scope scope) {
      return input;
    }
  }

  @Named(value = "third", says = "A sample.")
  private static final class OfHidden extends Sample<Hidden> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfUnwritable extends Sample<Unwritable> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfBare extends Sample<Bare> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfAbsent extends Sample<Absent> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfMisread extends Sample<Misread> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfUnclosed extends Sample<Unclosed> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfRefused extends Sample<Refused> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfMisplaced extends Sample<Misplaced> {}

  @Named(value = "third", says = "A sample.")
  private static final class OfSized extends Sample<Sized> {}

  /** Leaves its options record open as a type variable. */
  @Named(value = "third", says = "A sample.")
  private static final class OfAny<O extends Record> extends Sample<O> {}

  @Test
  void aFaultyRecordIsTheTechniquesFault() {
    String hidden = Hidden.class.getName();
    assertFault(new OfHidden(), "its options record " + hidden + " is not public");
    assertFault(
        new OfUnwritable(),
        "its option 'table' has the type java.util.Map<java.lang.String, java.lang.Integer>; options"
            + " have the types int, long, double, boolean, String, an enum, or a List of these");
    assertFault(
        new OfBare(),
        "its option 'number' has no meaning and no default; annotate it with @Option");
    assertFault(new OfAbsent(), "its option 'text' is null");
    assertFault(
        new OfUndecided(),
        "its option 'number' has no default; state it as 'is' of @Option, or give the record a"
            + " public constructor without arguments, as Kotlin does where every property has a"
            + " default value");
    assertFault(
        new OfTorn(),
        "its option 'number' has two defaults, 1 by @Option and 2 by the constructor; state one");
    assertFault(new OfLow(), "its defaults are refused: number is 0; it must be 1 or more");
    assertFault(
        new OfAny<Samples.None>(),
        "it does not name its options record; write the record as the type argument of the"
            + " interface that it implements");
  }

  @Test
  void aDefaultThatCannotBeReadIsTheTechniquesFault() {
    assertFault(
        new OfMisread(),
        "the default of its option 'number': third.number is many; it must be a whole number.\n"
            + "  many\n"
            + "  ^^^^");
    assertFault(
        new OfUnclosed(),
        "the default of its option 'numbers': Expected ',' or ']' in the list of 'numbers', but the"
            + " spec ends.\n"
            + "  [1, 2\n"
            + "       ^");
    assertFault(new OfRefused(), "its defaults are refused: number is 0; it must be 1 or more");
  }

  @Test
  void aRuleThatFitsNoValueIsTheTechniquesFault() {
    assertFault(
        new OfMisplaced(), "its option 'text' is annotated with bounds, which only numbers have");
    assertFault(
        new OfSized(), "its option 'number' is annotated with a size, which only lists have");
  }

  @Test
  void specsTellAFaultWithoutAStackTrace() {
    Techniques techniques =
        Samples.techniques("", Samples.RESNET_BACKBONE, new OfHidden(), Samples.FCN);
    assertThatThrownBy(() -> NetworkSpec.parse("resnet50 | third | fcn", techniques))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("The technique 'third' (" + OfHidden.class.getName() + " of ");
  }

  private static void assertFault(Technique<?> technique, String fault) {
    String message =
        "The technique 'third' ("
            + technique.getClass().getName()
            + " of "
            + Core.origin(technique.getClass())
            + ") is at fault: "
            + fault
            + ". Report it to the technique's author.";
    assertThatThrownBy(() -> OptionDescription.all(technique)).hasMessage(message);
  }
}
