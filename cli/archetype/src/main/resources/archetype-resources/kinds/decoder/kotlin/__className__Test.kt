package ${package}

import dev.inlay.fixtures.GoldenFile
import dev.inlay.fixtures.TechniqueContract
import org.junit.jupiter.api.Test

internal class ${className}Test : TechniqueContract<${className}.Options> {

  override fun technique() = ${className}()

  /** Options to try the contract with; an empty text is the defaults. */
  override fun samples() = listOf("channels=8", "channels=6, dropout=0.0")

  /** Options that must be refused. */
  override fun refused() = listOf("channels=0", "dropout=1")

  /** README.md says how a reference in Python writes the file golden/${name}.safetensors. */
  @Test
  fun isTheReference() {
    GoldenFile.resourceIfPresent("${name}").with("${name}").matches()
  }
}
