package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ${className}Test implements TechniqueContract<${className}.Options> {

  @Override
  public ${className} technique() {
    return new ${className}();
  }

  /** Options to try the contract with; an empty text is the defaults. */
  @Override
  public List<String> samples() {
    return List.of("", "dropout=0.0");
  }

  /** Options that must be refused. */
  @Override
  public List<String> refused() {
    return List.of("dropout=1");
  }

  /** Two classes, three pixels of the first, one of the second, one ignored. */
  @Test
  void preparesTheBias() {
    ${className}.Frequencies frequencies = new ${className}.Frequencies(2);
    frequencies.see(new Labels(5, 1, new byte[] {0, 0, 1, 0, (byte) 255}, 255));

    float[] bias = {(float) Math.log(0.75), (float) Math.log(0.25)};
    assertThat(frequencies.parameters().get("conv_seg.bias")).containsExactly(bias);
  }

  @Test
  void refusesImagesWithoutLabels() {
    assertThatThrownBy(() -> new ${className}.Frequencies(2).parameters())
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("No pixel has a label");
  }

  /** README.md says how a reference in Python writes the file golden/${name}.safetensors. */
  @Test
  void isTheReference() {
    GoldenFile.resourceIfPresent("${name}").with("${name}").matches();
  }
}
