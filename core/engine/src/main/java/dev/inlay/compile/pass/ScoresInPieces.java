package dev.inlay.compile.pass;

import static dev.inlay.compile.pass.SlicedAxes.WHOLE;

import dev.inlay.Dim;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes large matrices of scores in pieces of rows, so that no more than one piece is in memory.
 *
 * <pre>
 *   MATMUL(SOFTMAX(MATMUL(q, k)), v)     becomes
 *
 *   CONCAT(MATMUL(SOFTMAX(MATMUL(q[0:n/16], k)), v), MATMUL(SOFTMAX(MATMUL(q[n/16:2n/16], k)), v), …)
 * </pre>
 *
 * <p>Attention between all pixels of a map has a score for each pair: 1 GB in float32 for a map of
 * 128 x 128. A large value is computed in pieces along an axis if every operation from small values
 * up to a product or a reduction that makes it small computes its slices along that axis
 * independently. A product or sum over the axis itself adds the results of the pieces. A matrix
 * that two such products read is computed for each of them; one that any other operation reads
 * stays whole. Values are those of the whole matrix; only sums over the axis are rounded
 * differently. For inference only: a gradient needs the whole matrix.
 */
public record ScoresInPieces() implements Pass {

  /** The image for which sizes are judged; the number of pieces must not depend on the image. */
  private static final Map<String, Long> TYPICAL = Map.of("B", 1L, "H", 1024L, "W", 1024L);

  /** An image with four times as many pixels. */
  private static final Map<String, Long> DOUBLED = Map.of("B", 1L, "H", 2048L, "W", 2048L);

  /** The growth between both from which a value is no map: 4 for maps, 16 for pairs of pixels. */
  private static final long GROWTH = 6;

  /** The number of elements from which a value may be large: 32 MB in float32. */
  private static final long LARGE = 1L << 23;

  private static final int MOST_PIECES = 16;

  private static final Set<Operator> MAKES_SMALL =
      EnumSet.of(
          Operator.MATMUL,
          Operator.EINSUM,
          Operator.SUM,
          Operator.MEAN,
          Operator.MAX,
          Operator.MIN);

  @Override
  public List<Node> apply(List<Node> roots) {
    Sizes sizes = new Sizes();
    Set<Node> whole = whole(roots, sizes);
    Map<Node, Node> rewritten = new IdentityHashMap<>();
    return Walk.rewrite(
        roots,
        (old, node) -> {
          Node now =
              isEnd(old, sizes) ? new Cone(old, sizes, whole, rewritten).inPieces(node) : node;
          rewritten.put(old, now);
          return now;
        });
  }

  /** Whether the result of an operation on a large value is small. */
  private static boolean isEnd(Node node, Sizes sizes) {
    return MAKES_SMALL.contains(node.operator())
        && node.operands().stream().anyMatch(sizes::isLarge)
        && !sizes.isLarge(node);
  }

  /** The large values that are needed as a whole, with the large values that they depend on. */
  private static Set<Node> whole(List<Node> roots, Sizes sizes) {
    Set<Node> whole = Collections.newSetFromMap(new IdentityHashMap<>());
    whole.addAll(roots);
    List<Node> order = new ArrayList<>(Walk.order(roots));
    Collections.reverse(order);
    for (Node node : order) {
      boolean needsAll = sizes.isLarge(node) ? whole.contains(node) : !isEnd(node, sizes);
      if (needsAll) {
        node.operands().stream().filter(sizes::isLarge).forEach(whole::add);
      }
    }
    return whole;
  }

  /** The sizes of values for the typical image. */
  private static final class Sizes {

    private final Map<Node, Boolean> large = new IdentityHashMap<>();

    /** Whether a value is large and grows faster than the image. */
    boolean isLarge(Node node) {
      return large.computeIfAbsent(
          node, n -> elements(n) >= LARGE && elements(n, DOUBLED) >= GROWTH * elements(n));
    }

    static long elements(Node node) {
      return elements(node, TYPICAL);
    }

    private static long elements(Node node, Map<String, Long> image) {
      long elements = 1;
      for (Dim size : node.shape()) {
        elements *= of(size, image);
      }
      return elements;
    }

    static long of(Dim size) {
      return of(size, TYPICAL);
    }

    /** The size; 1 if it depends on something other than the image. */
    private static long of(Dim size, Map<String, Long> image) {
      return image.keySet().containsAll(size.symbols()) ? size.value(image) : 1;
    }
  }

  /** The operations from small values up to a product or reduction whose result is small. */
  private static final class Cone {

    private final Node end;
    private final Sizes sizes;
    private final Set<Node> whole;
    private final Map<Node, Node> rewritten;

    Cone(Node end, Sizes sizes, Set<Node> whole, Map<Node, Node> rewritten) {
      this.end = end;
      this.sizes = sizes;
      this.whole = whole;
      this.rewritten = rewritten;
    }

    /** The end as the concatenation or the sum of its pieces, or as it is. */
    Node inPieces(Node otherwise) {
      for (int axis = 0; axis < end.rank(); axis++) {
        if (isSplit(end.dim(axis))) {
          List<Node> pieces = pieces(end.dim(axis), SlicedAxes.of(end, axis));
          if (!pieces.isEmpty()) {
            return end.derived(Operator.CONCAT, new Attributes.Axis(axis), pieces);
          }
        }
      }
      for (SlicedAxes axes : SlicedAxes.summed(end)) {
        Dim size = end.operand(0).dim(axes.ofOperands().get(0));
        List<Node> pieces = isSplit(size) ? pieces(size, Optional.of(axes)) : List.of();
        if (!pieces.isEmpty()) {
          return pieces.stream()
              .reduce((a, b) -> end.derived(Operator.ADD, new Attributes.None(), a, b))
              .orElseThrow();
        }
      }
      return otherwise;
    }

    /** Rows of pixels; the batch is computed one image at a time as well as all at once. */
    private static boolean isSplit(Dim size) {
      return (size.symbols().contains("H") || size.symbols().contains("W"))
          && Sizes.of(size) >= MOST_PIECES;
    }

    private List<Node> pieces(Dim size, Optional<SlicedAxes> axes) {
      List<Node> pieces = new ArrayList<>();
      int count = count();
      for (int i = 0; axes.isPresent() && i < count; i++) {
        Dim from = size.times(i).floorDiv(count);
        Dim to = size.times(i + 1L).floorDiv(count);
        Node piece = new Piece(from, to).operation(end, axes.get());
        if (piece == null) {
          return List.of();
        }
        pieces.add(piece);
      }
      return pieces;
    }

    private int count() {
      long largest = end.operands().stream().mapToLong(Sizes::elements).max().orElse(0);
      return (int) Math.min(MOST_PIECES, 1 + largest / LARGE);
    }

    /** The slices of the cone's values between two positions. */
    private final class Piece {

      private final Dim from;
      private final Dim to;
      private final Map<Node, Map<Integer, Node>> made = new IdentityHashMap<>();

      Piece(Dim from, Dim to) {
        this.from = from;
        this.to = to;
      }

      /** An operation on slices; null if one of its operands must be whole. */
      @Nullable Node operation(Node node, SlicedAxes axes) {
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < node.operands().size(); i++) {
          Node operand = node.operand(i);
          int axis = axes.ofOperands().get(i);
          boolean tooLarge = axis == WHOLE && sizes.isLarge(operand);
          @Nullable Node slice = axis == WHOLE ? now(operand) : slice(operand, axis);
          if (tooLarge || slice == null) {
            return null;
          }
          operands.add(slice);
        }
        return node.derived(node.operator(), node.attributes(), operands);
      }

      private @Nullable Node slice(Node node, int axis) {
        Map<Integer, Node> known = made.computeIfAbsent(node, n -> new HashMap<>());
        @Nullable Node slice = known.get(axis);
        if (slice == null) {
          slice = sizes.isLarge(node) ? computed(node, axis) : cut(node, axis);
          if (slice != null) {
            known.put(axis, slice);
          }
        }
        return slice;
      }

      private @Nullable Node computed(Node node, int axis) {
        Optional<SlicedAxes> axes = SlicedAxes.of(node, axis);
        return axes.isEmpty() || whole.contains(node) ? null : operation(node, axes.get());
      }

      private Node cut(Node node, int axis) {
        return end.derived(Operator.SLICE, new Attributes.Span(axis, from, to), now(node));
      }

      private Node now(Node node) {
        return Objects.requireNonNull(rewritten.get(node));
      }
    }
  }
}
