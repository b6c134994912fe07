package dev.inlay.compile;

import dev.inlay.Tensor.Type;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer's rule as operations on lists, each for all parameters at once. Momentum and weight
 * decay before and after:
 *
 * <pre>
 *   decayed = gradient + weight * d        gradient += d * weight
 *   moved = velocity * m + decayed         velocity *= m;  velocity += gradient
 *   next = weight - moved * rate           weight -= rate * velocity
 * </pre>
 *
 * <p>A product of a list and a number is merged into the sum or difference that alone reads it as
 * its second operand. An operation writes in place if its first operand is not read again: a
 * gradient, an old weight, old memory or an intermediate result.
 *
 * @param operations the operations in the order of execution
 * @param copies the copies at the end: the list of new values for each target list
 */
public record ListUpdate(List<ListOperation> operations, Map<String, String> copies) {

  private static final Set<Operator> UNARY =
      EnumSet.of(
          Operator.SQRT,
          Operator.EXP,
          Operator.LOG,
          Operator.ABS,
          Operator.SIGMOID,
          Operator.TANH,
          Operator.AS_FLOAT);

  private static final Set<Operator> BINARY =
      EnumSet.of(
          Operator.ADD,
          Operator.SUB,
          Operator.MUL,
          Operator.DIV,
          Operator.MAXIMUM,
          Operator.AT_LEAST,
          Operator.POW);

  private static final Set<Operator> COMMUTATIVE =
      EnumSet.of(Operator.ADD, Operator.MUL, Operator.MAXIMUM);

  private static final Set<Operator> OF_NUMBERS =
      EnumSet.of(Operator.ADD, Operator.SUB, Operator.MUL, Operator.DIV, Operator.POW);

  /** The operators that have a form for lists. */
  public static Set<Operator> operators() {
    Set<Operator> all = EnumSet.copyOf(UNARY);
    all.addAll(BINARY);
    return all;
  }

  /** The name of the list for a buffer or counter of the optimizer. */
  public static String memory(String name) {
    return "memory." + name;
  }

  /** The rule on lists; empty if an operation is not elementwise. */
  static Optional<ListUpdate> of(DescribedUpdate described) {
    return new Planning(described).plan();
  }

  /** An operation before the choice of its result's memory. */
  private record Step(
      Node node,
      Operator operator,
      Node first,
      @Nullable Node second,
      @Nullable ListScalar scalar) {

    boolean reads(Node other) {
      return first == other || second == other;
    }
  }

  private static final class Planning {

    private final DescribedUpdate described;
    private final List<Node> results;
    private final Set<Node> readOnce;
    private final Map<Node, ListScalar> scalars = new IdentityHashMap<>();
    private final Map<Node, Node> same = new IdentityHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Node, String> lists = new IdentityHashMap<>();
    private final Set<String> writable = Collections.newSetFromMap(new LinkedHashMap<>());
    private int fresh;

    Planning(DescribedUpdate described) {
      this.described = described;
      results = described.results();
      readOnce = Walk.readOnce(results);
    }

    Optional<ListUpdate> plan() {
      for (Node node : Walk.order(results)) {
        if (!take(node)) {
          return Optional.empty();
        }
      }
      if (results.stream().anyMatch(result -> scalars.containsKey(result))) {
        return Optional.empty();
      }
      List<ListOperation> operations = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        operations.add(placed(steps.get(i), i));
      }
      return Optional.of(new ListUpdate(operations, copies(operations)));
    }

    /** Translates a node; false if it has no form for lists. */
    private boolean take(Node node) {
      switch (node.operator()) {
        case INPUT -> {
          if (node == described.rate()) {
            scalars.put(node, new ListScalar.Rate());
          } else {
            name(node, node.name());
            writable.add(node.name());
          }
          return true;
        }
        case PARAMETER -> {
          String list = memory(node.name());
          name(node, list);
          if (described.graph().updates().stream().anyMatch(u -> u.stored() == node)) {
            writable.add(list);
          }
          return true;
        }
        case DETACH -> {
          return alias(node);
        }
        default -> {
          return operation(node);
        }
      }
    }

    private void name(Node node, String list) {
      lists.put(node, list);
      same.put(node, node);
    }

    /** A node whose value is its operand's. */
    private boolean alias(Node node) {
      Node operand = node.operand(0);
      ListScalar scalar = scalars.get(operand);
      if (scalar != null) {
        scalars.put(node, scalar);
      } else {
        same.put(node, value(operand));
      }
      return true;
    }

    private Node value(Node node) {
      return Objects.requireNonNull(same.get(node));
    }

    private boolean operation(Node node) {
      Operator operator = node.operator();
      if (UNARY.contains(operator)) {
        boolean isFloat = node.operand(0).type() == Type.FLOAT;
        if (operator == Operator.AS_FLOAT && isFloat) {
          return alias(node);
        }
        return !scalars.containsKey(node.operand(0))
            && step(node, operator, node.operand(0), null, null);
      }
      if (!BINARY.contains(operator)) {
        return false;
      }
      Node left = node.operand(0);
      ListScalar leftNumber = scalars.get(left);
      if (node.operands().size() > 1) {
        Node right = node.operand(1);
        ListScalar rightNumber = scalars.get(right);
        if (leftNumber != null && rightNumber != null) {
          return number(node, leftNumber, rightNumber);
        }
        if (leftNumber != null) {
          return COMMUTATIVE.contains(operator) && step(node, operator, right, null, leftNumber);
        }
        return rightNumber != null
            ? step(node, operator, left, null, rightNumber)
            : lists(node, left, right);
      }
      Number value = node.attributes(Attributes.Scalar.class).value();
      ListScalar constant = new ListScalar.Constant(value);
      return leftNumber != null
          ? number(node, leftNumber, constant)
          : step(node, operator, left, null, constant);
    }

    private boolean number(Node node, ListScalar left, ListScalar right) {
      scalars.put(node, new ListScalar.Computed(node.operator(), left, right));
      return OF_NUMBERS.contains(node.operator());
    }

    /** An operation on two lists. It absorbs a product that only this sum or difference reads. */
    private boolean lists(Node node, Node left, Node right) {
      Step product = null;
      for (Step step : steps) {
        boolean multiplies = step.operator() == Operator.MUL && step.scalar() != null;
        if (step.node() == right && multiplies && readOnce.contains(right)) {
          product = step;
        }
      }
      boolean sum = node.operator() == Operator.ADD || node.operator() == Operator.SUB;
      if (sum && product != null && left.type() == Type.FLOAT) {
        steps.remove(product);
        return step(node, node.operator(), left, product.first(), product.scalar());
      }
      return step(node, node.operator(), left, right, null);
    }

    private boolean step(
        Node node, Operator operator, Node first, @Nullable Node second, @Nullable ListScalar by) {
      same.put(node, node);
      Node other = second == null ? null : value(second);
      return steps.add(new Step(node, operator, value(first), other, by));
    }

    private ListOperation placed(Step step, int place) {
      Node first = step.first();
      Node second = step.second();
      boolean swaps =
          second != null
              && step.scalar() == null
              && COMMUTATIVE.contains(step.operator())
              && !overwrites(step, first, place)
              && overwrites(step, second, place);
      Node target = swaps ? Objects.requireNonNull(second) : first;
      Node rest = swaps ? first : second;
      boolean inPlace = overwrites(step, target, place);
      String list = Objects.requireNonNull(lists.get(target));
      String result = inPlace ? list : "t" + fresh++;
      lists.put(step.node(), result);
      writable.add(result);
      return new ListOperation(
          step.operator(),
          result,
          inPlace,
          list,
          rest == null ? null : lists.get(rest),
          step.scalar(),
          step.node().origin());
    }

    /** Whether a step may write its result into the memory of a value that it reads. */
    private boolean overwrites(Step step, Node value, int place) {
      boolean readLater =
          steps.subList(place + 1, steps.size()).stream().anyMatch(later -> later.reads(value))
              || results.stream().anyMatch(result -> value(result) == value);
      return !readLater
          && writable.contains(lists.get(value))
          && value.type() == step.node().type()
          && value.shape().equals(step.node().shape());
    }

    /** The copies of results to other memory; a value that a copy overwrites is saved first. */
    private Map<String, String> copies(List<ListOperation> operations) {
      Map<String, Node> wanted = new LinkedHashMap<>();
      for (Graph.Update update : described.graph().updates()) {
        wanted.put(memory(update.stored().name()), value(update.value()));
      }
      wanted.put(DescribedUpdate.WEIGHT, value(described.next()));
      Map<String, String> copies = new LinkedHashMap<>();
      wanted.forEach((target, node) -> copies.put(target, Objects.requireNonNull(lists.get(node))));
      copies.entrySet().removeIf(copy -> copy.getKey().equals(copy.getValue()));
      for (Map.Entry<String, String> copy : copies.entrySet()) {
        if (copies.containsKey(copy.getValue())) {
          String kept = "t" + fresh++;
          Node node = Objects.requireNonNull(wanted.get(copy.getKey()));
          operations.add(
              new ListOperation(
                  Operator.MUL,
                  kept,
                  false,
                  copy.getValue(),
                  null,
                  new ListScalar.Constant(1L),
                  node.origin()));
          copy.setValue(kept);
        }
      }
      return copies;
    }
  }
}
