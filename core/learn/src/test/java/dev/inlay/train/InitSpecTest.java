package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.NetworkSpec;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initial values that differ from those of techniques. */
final class InitSpecTest {

  private static final Assembly NETWORK =
      Assembly.of(NetworkSpec.parse("dropping | classes", TrialTraining.TECHNIQUES), 2);
  private static final ParameterNames NAMES = new ParameterNames(NETWORK);
  private static final Map<String, Parameter> PARAMETERS = NETWORK.graph().parameters();
  private static final String CLASSIFIER = "classes.conv_seg.weight";
  private static final String CONV = "dropping.stem.conv.weight";

  private static Init of(String text, String name) {
    Parameter parameter = PARAMETERS.get(name);
    assertThat(parameter).as(name).isNotNull();
    return InitSpec.parse("--init", text, NAMES).of(parameter);
  }

  @Test
  void pytorchDrawsClassifiersAsItsConvolutionsBegin() {
    assertThat(NAMES.classifiers()).containsExactly(CLASSIFIER);
    FloatBuffer values = FloatBuffer.allocate(4000);
    of("pytorch", CLASSIFIER).fill(values, new long[] {250, 16, 1, 1}, new SplittableRandom(1));
    double square = 0;
    for (float value : values.array()) {
      assertThat(value).isBetween(-0.25f, 0.25f);
      square += value * value;
    }
    assertThat(Math.sqrt(square / 4000)).isCloseTo(1 / Math.sqrt(3 * 16), within(0.005));
    assertThat(of("pytorch", "classes.conv_seg.bias")).isSameAs(Init.ZERO);
    assertThat(of("pytorch", "dropping.stem.bn.weight")).isSameAs(Init.ONE);
  }

  @Test
  void theReferenceIsWhatTechniquesGive() {
    PARAMETERS.forEach(
        (name, parameter) -> assertThat(of("reference", name)).isSameAs(parameter.init()));
  }

  @Test
  void rulesAreForTheParametersThatTheyName() {
    String rules = "conv_seg.weight: zero; dropping: kaiming";

    assertThat(of(rules, CLASSIFIER)).isSameAs(Init.ZERO);
    assertThat(of(rules, CONV)).isSameAs(Init.KAIMING);
    assertThat(of(rules, "dropping.stem.bn.weight")).as("no convolution").isSameAs(Init.ONE);
    assertThat(of("stem: normal(0.5)", CONV)).isNotSameAs(Init.KAIMING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      pytorh                | --init: 'pytorh' is no way to initialise parameters. Did you mean 'pytorch'?
      conv_seg: kaimin      | has the rule 'kaimin'. Did you mean 'kaiming'?
      conv_seg: normal(0)   | has the deviation '0', which must be a number of more than 0.
      conv_seg: normal(1e)  | has the deviation '1e', which must be a number of more than 0.
      encoder: kaiming      | --init is 'encoder', but no parameter has such a name.
      """)
  void aWrongTextIsOneMessage(String text, String message) {
    assertThatThrownBy(() -> InitSpec.parse("--init", text, NAMES))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(message);
  }
}
