package ${package}

import dev.inlay.InlayException
import dev.inlay.Labels
import dev.inlay.fixtures.GoldenFile
import dev.inlay.fixtures.TechniqueContract
import kotlin.math.ln
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

internal class ${className}Test : TechniqueContract<${className}.Options> {

  override fun technique() = ${className}()

  /** Options to try the contract with; an empty text is the defaults. */
  override fun samples() = listOf("", "dropout=0.0")

  /** Options that must be refused. */
  override fun refused() = listOf("dropout=1")

  /** Two classes, three pixels of the first, one of the second, one ignored. */
  @Test
  fun preparesTheBias() {
    val frequencies = ${className}.Frequencies(2)
    frequencies.see(Labels(5, 1, byteArrayOf(0, 0, 1, 0, -1), 255))

    assertThat(frequencies.parameters()["conv_seg.bias"])
        .containsExactly(ln(0.75).toFloat(), ln(0.25).toFloat())
  }

  @Test
  fun refusesImagesWithoutLabels() {
    assertThatThrownBy { ${className}.Frequencies(2).parameters() }
        .isInstanceOf(InlayException::class.java)
        .hasMessageContaining("No pixel has a label")
  }

  /** README.md says how a reference in Python writes the file golden/${name}.safetensors. */
  @Test
  fun isTheReference() {
    GoldenFile.resourceIfPresent("${name}").with("${name}").matches()
  }
}
