package dev.inlay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A failed check names the option, its value and the rule. */
final class CheckTest {

  @Test
  void messagesAreMadeOfTheirValues() {
    assertThatThrownBy(() -> Check.that(false, "%s maps of %d channels", List.of(1, 2), 30_000))
        .isInstanceOf(InlayException.class)
        .hasMessage("[1, 2] maps of 30000 channels");
    assertThatThrownBy(() -> Check.that(false, "more than 50% of the map"))
        .hasMessage("more than 50% of the map");
  }

  @Test
  void numbersLookTheSameEverywhere() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThatThrownBy(() -> Check.atLeast("channels", 0, 1))
          .hasMessage("channels is 0; it must be 1 or more.");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatHoldsPutsNoMessageTogether() {
    Object silent =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("formatted without a failure");
          }
        };

    assertThatCode(() -> Check.that(true, "%s", silent)).doesNotThrowAnyException();
  }

  @Test
  void rangesAndListsAreChecked() {
    Check.between("dropout", 1, 0, 1);
    Check.oneOf("depth", 50, 18, 50);
    Check.eachAtLeast("rates", List.of(1, 6), 1);
    assertThatThrownBy(() -> Check.between("dropout", 1.5, 0, 1))
        .hasMessage("dropout is 1.5; it must be from 0.0 to 1.0.");
    assertThatThrownBy(() -> Check.oneOf("depth", 34, 18, 50))
        .hasMessage("depth is 34; it must be one of [18, 50].");
    assertThatThrownBy(() -> Check.eachAtLeast("rates", List.of(), 1))
        .hasMessage("rates is []; it must name at least one value.");
    assertThatThrownBy(() -> Check.eachAtLeast("rates", List.of(6, 0), 1))
        .hasMessage("rates is [6, 0]; each value must be 1 or more.");
    assertThatThrownBy(() -> Check.notNegative("weight", Double.NaN))
        .hasMessage("weight is NaN; it must be 0 or more.");
  }
}
