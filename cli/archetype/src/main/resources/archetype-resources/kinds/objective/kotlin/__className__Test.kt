package ${package}

import dev.inlay.fixtures.GoldenFile
import dev.inlay.fixtures.ObjectiveContract
import org.junit.jupiter.api.Test

internal class ${className}Test : ObjectiveContract<${className}.Options> {

  override fun technique() = ${className}()

  /** Options to try the contract with; an empty text is the defaults. */
  override fun samples() = listOf("", "gamma=0", "gamma=1.5")

  /** Options that must be refused. */
  override fun refused() = listOf("gamma=-1")

  /**
   * README.md says how a reference in Python writes the file golden/${name}.safetensors: input 0 is
   * the logits, input 1 the labels, output 0 the loss.
   */
  @Test
  fun isTheReference() {
    val options = ${className}.Options()
    GoldenFile.resourceIfPresent("${name}")
        .with { inputs, scope -> listOf(technique().loss(options, inputs[0], inputs[1], 255, scope)) }
        .matches()
  }
}
