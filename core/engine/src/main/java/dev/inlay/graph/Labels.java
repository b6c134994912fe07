package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import dev.inlay.graph.Attributes.Count;
import dev.inlay.graph.Attributes.Ignored;
import dev.inlay.graph.Attributes.Labelling;
import dev.inlay.graph.Attributes.None;
import dev.inlay.graph.Attributes.Numbers;
import dev.inlay.graph.Attributes.Sizes;
import java.util.List;

/** Shape rules of losses and of operations on class ids. */
final class Labels {

  private Labels() {}

  /** Class ids (B,1,H,W) to (B,classes,H,W). */
  static Shape oneHot(Operands in, Count how) {
    Shape ids = in.shape(0);
    Check.that(
        ids.rank() == 4 && ids.dim(1).isExactly(1) && ids.type() == Type.INTEGER,
        "a one-hot encoding needs class ids (B,1,H,W) of type INTEGER, got %s of type %s",
        ids,
        ids.type());
    return ids.with(1, Dim.of(how.count())).of(Type.BOOLEAN);
  }

  static Shape diagonal(Operands in, Sizes how) {
    return new Shape(Type.BOOLEAN, how.sizes());
  }

  static Shape range(Operands in, Sizes how) {
    return new Shape(Type.INTEGER, how.sizes());
  }

  static Shape vector(Operands in, Numbers how) {
    Check.that(!how.values().isEmpty(), "a vector needs at least one number");
    return new Shape(Type.FLOAT, List.of(Dim.of(how.values().size())));
  }

  static Shape count(Operands in, Ignored how) {
    return new Shape(Type.INTEGER, List.of());
  }

  /** Labels (B,H,W) to (B,classes). */
  static Shape present(Operands in, Labelling how) {
    Shape labels = in.shape(0);
    Check.that(
        labels.rank() == 3 && labels.type() == Type.INTEGER,
        "the presence of classes needs labels (B,H,W) of type INTEGER, got %s of type %s",
        labels,
        labels.type());
    return new Shape(Type.FLOAT, List.of(labels.dim(0), Dim.of(how.classes())));
  }

  /** Logits (B,K,H,W), labels (B,H,W) to (K*K). */
  static Shape confusion(Operands in, Labelling how) {
    requireLabels("a confusion matrix", in.shape(0), in.shape(1));
    return new Shape(Type.INTEGER, List.of(Dim.of((long) how.classes() * how.classes())));
  }

  /** Logits (B,K,H,W), labels (B,H,W) to a scalar. */
  static Shape crossEntropy(Operands in, Ignored how) {
    requireLabels("cross-entropy", in.shape(0), in.shape(1));
    return new Shape(Type.FLOAT, List.of());
  }

  /** Logits (B,K,H,W), labels (B,H,W) to (B,H,W). */
  static Shape pixelCrossEntropy(Operands in, Ignored how) {
    requireLabels("cross-entropy", in.shape(0), in.shape(1));
    return in.shape(1).of(Type.FLOAT);
  }

  private static void requireLabels(String what, Shape logits, Shape labels) {
    Check.that(logits.rank() == 4, "%s needs logits (B,K,H,W), got %s", what, logits);
    Shape wanted = new Shape(Type.INTEGER, List.of(logits.dim(0), logits.dim(2), logits.dim(3)));
    Check.that(
        labels.equals(wanted),
        "%s of the logits %s needs labels %s of type INTEGER, got %s of type %s",
        what,
        logits,
        wanted,
        labels,
        labels.type());
  }

  static Shape binaryCrossEntropy(Operands in, None how) {
    Check.that(
        in.shape(0).dims().equals(in.shape(1).dims()),
        "binary cross-entropy needs targets %s, got %s",
        in.shape(0),
        in.shape(1));
    return new Shape(Type.FLOAT, List.of());
  }
}
