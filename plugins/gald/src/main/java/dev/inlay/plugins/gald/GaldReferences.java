package dev.inlay.plugins.gald;

import dev.inlay.Reference;
import java.util.List;

/** What the authors' code calls {@link Gald}'s options and parameters. */
final class GaldReferences {

  private GaldReferences() {}

  static List<Reference<Gald.Options>> all() {
    return List.of(head(), block(), cgnl(), local());
  }

  private static Reference<Gald.Options> head() {
    return Reference.<Gald.Options>of("GALDNet.py:GALDHead", "gald(channels={interplanes}) | fcn")
        .ignoring("inplanes")
        .renaming("bottleneck.3.", "conv_seg.");
  }

  private static Reference<Gald.Options> block() {
    return Reference.of(
        "GALDNet.py:GALDBlock",
        "gald(channels={inplane}, keyChannels={plane=0}, groups={groups=8},"
            + " scale={use_scale=false})",
        (options, x, scope) -> List.of(Gald.block(options, x.last(), scope)));
  }

  private static Reference<Gald.Options> cgnl() {
    return Reference.of(
        "GALDNet.py:SpatialCGNL",
        "gald(channels={inplanes}, keyChannels={planes=0}, groups={groups=8},"
            + " scale={use_scale=false})",
        (options, x, scope) -> List.of(options.aggregation().gather(options, x.last(), scope)));
  }

  private static Reference<Gald.Options> local() {
    return Reference.of(
        "GALDNet.py:LocalAttenModule",
        "gald(channels={inplane}, aggregation=none)",
        (options, x, scope) -> List.of(Gald.distribute(options, x.last(), scope)));
  }
}
