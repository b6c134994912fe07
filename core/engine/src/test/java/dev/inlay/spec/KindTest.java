package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Technique;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every interface that a technique may implement is a kind. */
final class KindTest {

  @Test
  void everyInterfaceOfTechniquesIsAKindAndTheOtherWayRound() {
    assertThat(Arrays.stream(Kind.values()).map(Kind::type))
        .containsExactlyInAnyOrder(Technique.class.getPermittedSubclasses());
  }

  @Test
  void aTechniqueIsOfTheKindThatItImplements() {
    assertThat(Kind.of(Samples.RESNET_BACKBONE)).isEqualTo(Kind.BACKBONE);
    assertThat(Kind.of(Samples.ASPP_CONTEXT)).isEqualTo(Kind.CONTEXT_MODULE);
    assertThat(Kind.of(Samples.FCN)).isEqualTo(Kind.DECODER);
    assertThat(Kind.of(new Samples.DiceObjective())).isEqualTo(Kind.OBJECTIVE);
  }
}
