package ${package};

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
    return List.of("width=4", "width=3, stages=2");
  }

  /** Options that must be refused. */
  @Override
  public List<String> refused() {
    return List.of("width=0", "stages=7");
  }

  /** README.md says how a reference in Python writes the file golden/${name}.safetensors. */
  @Test
  void isTheReference() {
    GoldenFile.resourceIfPresent("${name}").with("${name} | given-classifier").matches();
  }
}
