package dev.inlay.compile;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory that a program's values take while it runs: the largest sum of the values that are
 * needed at the same time. Each value is held from the operation that computes it to the last one
 * that reads it, as the engine holds it. Stored parameters, the engine itself and the scratch
 * memory of single operations are left out, so a run takes somewhat more.
 */
public final class WorkingMemory {

  /** Operators that compute a new value, although a result of theirs may be a view at times. */
  private static final Set<Operator> COPIES =
      EnumSet.of(
          Operator.PAD,
          Operator.EINSUM,
          Operator.ONE_HOT,
          Operator.PIXEL_SHUFFLE,
          Operator.PIXEL_UNSHUFFLE);

  /** In place of a value: stored parameters and inputs, which take no memory of their own. */
  private static final int NONE = -1;

  /** In place of a shared value: the result has its own memory. */
  private static final int OWN = -2;

  /** One value: its sizes as places in {@link #sizes}, and the bytes of one element. */
  private record Value(int[] dims, int element) {

    long bytes(long[] sizes) {
      long bytes = element;
      for (int dim : dims) {
        bytes *= sizes[dim];
      }
      return bytes;
    }
  }

  /** The different sizes that occur, each evaluated once for an image. */
  private final List<Dim> sizes = new ArrayList<>();

  private final List<Value> values = new ArrayList<>();

  /** For each operation in order: the value that it computes, or {@link #NONE}. */
  private final int[] computed;

  /** For each operation in order: the values that it reads last. */
  private final List<List<Integer>> released = new ArrayList<>();

  /** The working memory of a program for inference. */
  public WorkingMemory(Program program) {
    List<Node> order = program.order();
    Map<Dim, Integer> places = new IdentityHashMap<>(); // Most nodes share the objects of sizes.
    Map<Node, Integer> held = new IdentityHashMap<>();
    Map<Node, Integer> elements = new IdentityHashMap<>();
    List<Integer> lastUse = new ArrayList<>();
    computed = new int[order.size()];
    for (int i = 0; i < order.size(); i++) {
      Node node = order.get(i);
      elements.put(node, element(node, elements));
      int value = shared(program, node, held);
      computed[i] = NONE;
      if (value == OWN) {
        value = values.size();
        computed[i] = value;
        values.add(new Value(dims(node, places), elements.getOrDefault(node, 0)));
        lastUse.add(i);
      }
      held.put(node, value);
      for (Node operand : node.operands()) {
        int read = held.getOrDefault(operand, NONE);
        if (read != NONE) {
          lastUse.set(read, i);
        }
      }
    }
    program.outputs().stream()
        .map(output -> held.getOrDefault(output, NONE))
        .filter(value -> value != NONE)
        .forEach(value -> lastUse.set(value, order.size()));
    for (int i = 0; i <= order.size(); i++) {
      released.add(new ArrayList<>());
    }
    for (int value = 0; value < values.size(); value++) {
      released.get(lastUse.get(value)).add(value);
    }
  }

  /** The value whose memory the result of an operation shares, {@link #OWN} or {@link #NONE}. */
  private static int shared(Program program, Node node, Map<Node, Integer> held) {
    if (node.operands().isEmpty()) {
      return NONE;
    }
    Node first = node.operand(0);
    boolean view =
        node.operator().mayShareMemory()
            && !COPIES.contains(node.operator())
            && node.type() == first.type();
    return view || program.writesInPlace(node) ? held.getOrDefault(first, NONE) : OWN;
  }

  /** The bytes of one element, by the type and precision in which the engine computes it. */
  private static int element(Node node, Map<Node, Integer> elements) {
    if (node.operator() == Operator.CAST) {
      return switch (node.attributes(Attributes.Element.class).type()) {
        case FLOAT32 -> Float.BYTES;
        case FLOAT64 -> Double.BYTES;
        case BFLOAT16 -> Short.BYTES;
        case UINT8 -> Byte.BYTES;
      };
    }
    return switch (node.type()) {
      case INTEGER -> Long.BYTES;
      case BOOLEAN -> Byte.BYTES;
      case FLOAT ->
          switch (node.operator().precision()) {
            case FULL -> Float.BYTES;
            case LOW, FOLLOW ->
                node.operands().stream()
                    .filter(operand -> operand.type() == Tensor.Type.FLOAT)
                    .findFirst()
                    .map(operand -> elements.getOrDefault(operand, Float.BYTES))
                    .orElse(Float.BYTES);
          };
    };
  }

  private int[] dims(Node node, Map<Dim, Integer> places) {
    List<Dim> shape = node.shape();
    int[] dims = new int[shape.size()];
    for (int i = 0; i < dims.length; i++) {
      Dim dim = shape.get(i);
      Integer place = places.putIfAbsent(dim, sizes.size());
      dims[i] = place == null ? sizes.size() : place;
      if (place == null) {
        sizes.add(dim);
      }
    }
    return dims;
  }

  /** The largest sum of bytes that are held at the same time, for a batch of images of one size. */
  public long bytes(long batch, long height, long width) {
    return Arrays.stream(held(batch, height, width)).max().orElse(0);
  }

  /** The bytes of all values together, none of which is released before the end, as in training. */
  public long all(long batch, long height, long width) {
    Map<String, Long> symbols = Map.of("B", batch, "H", height, "W", width);
    long[] evaluated = sizes.stream().mapToLong(size -> size.value(symbols)).toArray();
    return values.stream().mapToLong(value -> value.bytes(evaluated)).sum();
  }

  /** The bytes that are held while each operation of {@link Program#order} computes. */
  public long[] held(long batch, long height, long width) {
    Map<String, Long> symbols = Map.of("B", batch, "H", height, "W", width);
    long[] evaluated = sizes.stream().mapToLong(size -> size.value(symbols)).toArray();
    long[] held = new long[computed.length];
    long now = 0;
    for (int i = 0; i < computed.length; i++) {
      if (computed[i] != NONE) {
        now += values.get(computed[i]).bytes(evaluated);
      }
      held[i] = now;
      for (int value : released.get(i)) {
        now -= values.get(value).bytes(evaluated);
      }
    }
    return held;
  }
}
