package ${package}

import dev.inlay.fixtures.GoldenFile
import dev.inlay.fixtures.OptimizerContract
import org.junit.jupiter.api.Test

internal class ${className}Test : OptimizerContract<${className}.Options> {

  override fun technique() = ${className}()

  /** Options to try the contract with; an empty text is the defaults. */
  override fun samples() = listOf("", "beta1=0.5, decay=0.01")

  /** Options that must be refused. */
  override fun refused() = listOf("beta1=1", "beta2=1", "decay=-1")

  /**
   * README.md says how a reference in Python writes the file golden/${name}.safetensors: inputs 0 to
   * 2 are weight, gradient and learning rate, output 0 is the next weight, the state the memory.
   */
  @Test
  fun isTheReference() {
    val options = ${className}.Options()
    GoldenFile.resourceIfPresent("${name}")
        .with { given, memory -> listOf(technique().next(options, given[0], given[1], given[2], memory)) }
        .matches()
  }
}
