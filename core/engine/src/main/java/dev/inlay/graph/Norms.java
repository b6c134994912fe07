package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.graph.Attributes.BatchNorm;
import dev.inlay.graph.Attributes.GroupNorm;
import dev.inlay.graph.Attributes.LayerNorm;
import java.util.List;

/** The shape rules of normalisations. */
final class Norms {

  private Norms() {}

  /** A value, weight, bias, running mean and variance. */
  static Shape batch(Operands in, BatchNorm how) {
    Shape x = in.shape(0);
    perChannel(in, x.dim(1));
    return x;
  }

  /** A value, weight and bias. */
  static Shape group(Operands in, GroupNorm how) {
    Shape x = in.shape(0);
    perChannel(in, x.dim(1));
    Check.that(
        x.dim(1).value() % how.groups() == 0,
        "group normalisation splits %s channels into %d groups; they must divide evenly",
        x.dim(1),
        how.groups());
    return x;
  }

  private static void perChannel(Operands in, Dim channels) {
    for (int place = 1; place < in.count(); place++) {
      Shape vector = in.shape(place);
      Check.that(
          vector.rank() == 1 && vector.dim(0).equals(channels),
          "normalisation of %s needs vectors (%s), got %s",
          in.shape(0),
          channels,
          vector);
    }
  }

  /** A value, weight and bias. */
  static Shape layer(Operands in, LayerNorm how) {
    Shape x = in.shape(0);
    List<Dim> last = in.shape(Operands.WEIGHT).dims();
    Check.that(
        last.size() <= x.rank() && x.dims().subList(x.rank() - last.size(), x.rank()).equals(last),
        "layer normalisation with the weight %s does not fit %s",
        in.shape(Operands.WEIGHT),
        x);
    return x;
  }
}
