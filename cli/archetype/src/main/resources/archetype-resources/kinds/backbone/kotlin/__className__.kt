package ${package}

import dev.inlay.Backbone
import dev.inlay.Cites
import dev.inlay.Features
import dev.inlay.Named
import dev.inlay.Option
import dev.inlay.Scope
import dev.inlay.Tensor
import dev.inlay.Window

/** Stages of two 3x3 convolutions, each at half the resolution of the stage before (section 2). */
@Named(value = "${name}", says = "Stages of two 3x3 convolutions, each at half the resolution.")
@Cites(
    arxiv = "1409.1556",
    title = "Very Deep Convolutional Networks for Large-Scale Image Recognition",
    authors = "Simonyan and Zisserman",
    venue = "ICLR 2015",
)
class ${className} : Backbone<${className}.Options> {

  @JvmRecord
  data class Options(
      @Option("channels of the first stage; each further one has twice as many", least = 1.0)
      val width: Int = 32,
      @Option("the number of stages", least = 1.0, most = 6.0) val stages: Int = 4,
  )

  override fun build(options: Options, input: Features, scope: Scope): Features {
    val maps = mutableListOf<Tensor>()
    var x = input.image()
    for (i in 0 until options.stages) {
      val stage = scope.at("stages", i)
      val channels = options.width shl i
      x = stage.convNormRelu("down", x, channels, Window.of(3).stride(2))
      x = stage.convNormRelu("same", x, channels, 3)
      maps += x
    }
    return input.withMaps(maps, maps.indices.map { 2 shl it })
  }
}
