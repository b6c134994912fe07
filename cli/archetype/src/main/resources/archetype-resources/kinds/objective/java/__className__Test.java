package ${package};

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.ObjectiveContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ${className}Test implements ObjectiveContract<${className}.Options> {

  @Override
  public ${className} technique() {
    return new ${className}();
  }

  /** Options to try the contract with; an empty text is the defaults. */
  @Override
  public List<String> samples() {
    return List.of("", "gamma=0", "gamma=1.5");
  }

  /** Options that must be refused. */
  @Override
  public List<String> refused() {
    return List.of("gamma=-1");
  }

  /**
   * README.md says how a reference in Python writes the file golden/${name}.safetensors: input 0 is
   * the logits, input 1 the labels, output 0 the loss.
   */
  @Test
  void isTheReference() {
    ${className}.Options options = NetworkSpec.Stage.of(technique()).options();
    GoldenFile.resourceIfPresent("${name}")
        .with((inputs, scope) -> List.of(technique().loss(options, inputs.get(0), inputs.get(1), 255, scope)))
        .matches();
  }
}
