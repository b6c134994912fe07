package ${package};

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.OptimizerContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ${className}Test implements OptimizerContract<${className}.Options> {

  @Override
  public ${className} technique() {
    return new ${className}();
  }

  /** Options to try the contract with; an empty text is the defaults. */
  @Override
  public List<String> samples() {
    return List.of("", "beta1=0.5, decay=0.01");
  }

  /** Options that must be refused. */
  @Override
  public List<String> refused() {
    return List.of("beta1=1", "beta2=1", "decay=-1");
  }

  /**
   * README.md says how a reference in Python writes the file golden/${name}.safetensors: inputs 0 to
   * 2 are weight, gradient and learning rate, output 0 is the next weight, the state the memory.
   */
  @Test
  void isTheReference() {
    ${className}.Options options = NetworkSpec.Stage.of(technique()).options();
    GoldenFile.resourceIfPresent("${name}")
        .with((given, memory) -> List.of(technique().next(options, given.get(0), given.get(1), given.get(2), memory)))
        .matches();
  }
}
