package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.graph.Parameter;
import dev.inlay.standard.Sgd;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The factors of learning rate and weight decay for each parameter. */
final class GroupsTest {

  private static final OptimizerRule<Sgd.Options> PLAIN =
      OptimizerRule.of(new Sgd(), new Sgd.Options(0.9, 0.5, false));

  private static Parameter parameter(String name) {
    return new Parameter(name, List.of(3L), Parameter.Kind.TRAINED, Init.ZERO);
  }

  private static Groups.Group group(String names, double rate, double decay) {
    return Groups.Group.of(Pattern.compile(names), rate, decay);
  }

  @Test
  void withoutGroupsAllLearnAlike() {
    assertThat(Groups.NONE.rule(PLAIN, parameter("resnet.conv1.weight"))).isSameAs(PLAIN);
  }

  @Test
  void theFactorsOfAllGroupsThatHaveTheNameAreMultiplied() {
    Groups groups = new Groups(List.of(group("\\.bias$", 2, 0), group("^fcn\\.", 10, 1)));

    assertThat(groups.rule(PLAIN, parameter("fcn.conv_seg.bias")))
        .isEqualTo(new OptimizerRule<>(PLAIN.optimizer(), new Sgd.Options(0.9, 0, false), 20));
    assertThat(groups.rule(PLAIN, parameter("fcn.conv_seg.weight")))
        .isEqualTo(new OptimizerRule<>(PLAIN.optimizer(), new Sgd.Options(0.9, 0.5, false), 10));
    assertThat(groups.rule(PLAIN, parameter("resnet.conv1.weight"))).isSameAs(PLAIN);
  }

  @Test
  void aFactorIsNotNegative() {
    assertThatThrownBy(() -> group("x", -1, 1))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("The learning rate's factor of 'x' is -1.0; it must be 0 or more.");
  }
}
