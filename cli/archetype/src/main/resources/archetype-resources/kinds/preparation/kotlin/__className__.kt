package ${package}

import dev.inlay.Cites
import dev.inlay.Decoder
import dev.inlay.Features
import dev.inlay.InlayException
import dev.inlay.Labels
import dev.inlay.Named
import dev.inlay.Option
import dev.inlay.Preparation
import dev.inlay.Scope
import dev.inlay.Tensor
import java.util.Optional
import kotlin.math.ln

/**
 * A classifier on the last map, whose bias can be prepared: it then begins with the frequencies of
 * the classes in a dataset's labels (section 3.3).
 */
@Named(value = "${name}", says = "A classifier whose bias begins with the classes' frequencies.")
@Cites(
    arxiv = "1708.02002",
    title = "Focal Loss for Dense Object Detection",
    authors = "Lin et al.",
    venue = "ICCV 2017",
)
class ${className} : Decoder<${className}.Options> {

  @JvmRecord
  data class Options(
      @Option("dropout probability of the map's channels", least = 0.0, below = 1.0)
      val dropout: Double = 0.1
  )

  override fun build(options: Options, input: Features, scope: Scope): Tensor =
      scope.classify("conv_seg", input.last(), input.classes(), options.dropout)

  override fun preparation(options: Options, input: Features): Optional<Preparation> =
      Optional.of(Frequencies(input.classes()))

  /** Counts the labels of each class. */
  internal class Frequencies(classes: Int) : Preparation {

    private val counts = LongArray(classes)

    override fun summary() = "the bias from the frequencies of %d classes".format(counts.size)

    override fun see(labels: Labels) {
      for (y in 0 until labels.height()) {
        for (x in 0 until labels.width()) {
          val id = labels.id(x, y)
          if (id != labels.ignore() && id < counts.size) counts[id]++
        }
      }
    }

    /** The logarithm of each class's share; a class without pixels counts as one pixel. */
    override fun parameters(): Map<String, FloatArray> {
      val pixels = counts.sum()
      if (pixels == 0L) throw InlayException("No pixel has a label. Take images with labels.")
      val shares = counts.map { maxOf(1L, it) / pixels.toDouble() }
      return mapOf("conv_seg.bias" to FloatArray(shares.size) { ln(shares[it]).toFloat() })
    }

    override fun figures(): Map<String, Number> = mapOf("pixels" to counts.sum())
  }
}
