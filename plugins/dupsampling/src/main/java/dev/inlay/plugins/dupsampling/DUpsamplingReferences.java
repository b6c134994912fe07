package dev.inlay.plugins.dupsampling;

import dev.inlay.Reference;
import java.util.List;

/** What LinZhuoChen's repository calls {@link DUpsampling}'s options. */
final class DUpsamplingReferences {

  private DUpsamplingReferences() {}

  static List<Reference<DUpsampling.Options>> all() {
    return List.of(decoder(), layer(), reconstruction());
  }

  private static Reference<DUpsampling.Options> decoder() {
    return Reference.<DUpsampling.Options>of(
            "dunet.py:Decoder",
            "dupsampling(ratio={scale}, code={mid=1}, maps=[0], fineChannels={low_mid=1},"
                + " channels={mid=1})",
            Dunet::decoder)
        .ignoring("num_class", "inplanes", "low", "high", "low_input");
  }

  private static Reference<DUpsampling.Options> layer() {
    return Reference.<DUpsampling.Options>of(
            "dunet.py:DUpsampling", "dupsampling(ratio={scale}, code={inplanes})", Dunet::layer)
        .only("pad", "0", "0")
        .ignoring("num_class");
  }

  private static Reference<DUpsampling.Options> reconstruction() {
    return Reference.<DUpsampling.Options>of(
            "dunet.py:DUNet_Solver",
            "dupsampling(ratio={scale}, code={inplanes})",
            Dunet::reconstruction)
        .ignoring("num_class", "ignore");
  }
}
