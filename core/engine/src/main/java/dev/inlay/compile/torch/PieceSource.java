package dev.inlay.compile.torch;

import dev.inlay.compile.Piece;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Writes the pieces of a program as methods of one module, for images of one size. Their arguments
 * are lists, which are left out where they are empty: {@code x} of the values that a piece takes,
 * {@code p} of stored values.
 */
public final class PieceSource {

  private final boolean training;
  private final Map<String, Long> sizes;

  /**
   * Source of pieces.
   *
   * @param training whether batch statistics and dropout are in effect
   * @param sizes the sizes of the images by their symbols
   */
  public PieceSource(boolean training, Map<String, Long> sizes) {
    this.training = training;
    this.sizes = Map.copyOf(sizes);
  }

  /** A piece as a method that returns what it gives. */
  public String forward(String name, Piece piece, Predicate<Node> inPlace) {
    List<String> lines = new ArrayList<>(bound());
    Map<Node, String> names = new IdentityHashMap<>();
    for (int i = 0; i < piece.takes().size(); i++) {
      names.put(piece.takes().get(i), "x[" + i + "]");
    }
    for (Node node : piece.nodes()) {
      String value = "v" + names.size();
      lines.add(assigned(value, node, operands(piece, node, names), inPlace.test(node)));
      names.put(node, value);
    }
    List<String> given = piece.gives().stream().map(names::get).toList();
    lines.add("return " + given);
    return Source.method(name, arguments(piece), "List[Tensor]", lines);
  }

  /**
   * The gradients of one operation as a method. Its last argument {@code g} is a list of the
   * gradient with respect to the result; it returns those with respect to the values that are asked
   * for, then those with respect to the parameters.
   *
   * @param piece the operation's piece
   * @param learning the values that it takes whose gradients are wanted
   * @param parameters the parameters whose gradients are wanted
   */
  public String backward(String name, Piece piece, List<Node> learning, List<String> parameters) {
    Node node = piece.nodes().get(0);
    List<String> lines = new ArrayList<>(bound());
    lines.add("torch.set_grad_enabled(True)");
    Map<Node, String> names = new IdentityHashMap<>();
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < piece.takes().size(); i++) {
      Node taken = piece.takes().get(i);
      names.put(taken, "x[" + i + "]");
      if (learning.contains(taken)) {
        lines.add(leaf("a" + i, "x[" + i + "]"));
        names.put(taken, "a" + i);
        wanted.add("a" + i);
      }
    }
    UnaryOperator<String> stored = Source.listed("p", piece.stored());
    List<String> operands = new ArrayList<>();
    for (String parameter : parameters) {
      String leaf = "w" + wanted.size();
      lines.add(leaf(leaf, stored.apply(parameter)));
      wanted.add(leaf);
    }
    for (Node operand : node.operands()) {
      if (operand.operator() == Operator.PARAMETER) {
        int place = parameters.indexOf(operand.name());
        operands.add(
            place < 0
                ? stored.apply(operand.name())
                : wanted.get(wanted.size() - parameters.size() + place));
      } else {
        operands.add(Objects.requireNonNull(names.get(operand)));
      }
    }
    lines.add(assigned("v", node, operands, false));
    lines.addAll(
        """
        x_ = annotate(List[Tensor], %s)
        g_ = torch.grad([v], x_, annotate(List[Optional[Tensor]], [g[0]]), None, False, True)
        torch.set_grad_enabled(False)
        r = annotate(List[Tensor], [])
        for i_ in range(torch.len(g_)):
          if torch.__isnot__(g_[i_], None):
            a_ = torch.append(r, unchecked_cast(Tensor, g_[i_]))
          else:
            e_ = torch.append(r, torch.zeros_like(x_[i_]))
        return r
        """
            .formatted(wanted)
            .lines()
            .toList());
    List<String> arguments = new ArrayList<>(arguments(piece));
    arguments.add("g: List[Tensor]");
    return Source.method(name, arguments, "List[Tensor]", lines);
  }

  private static String leaf(String name, String value) {
    return "%s = torch.requires_grad_(torch.detach(%s), True)".formatted(name, value);
  }

  private List<String> bound() {
    return sizes.entrySet().stream()
        .map(size -> "%s = %d".formatted(size.getKey(), size.getValue()))
        .sorted()
        .toList();
  }

  private static List<String> operands(Piece piece, Node node, Map<Node, String> names) {
    UnaryOperator<String> stored = Source.listed("p", piece.stored());
    List<String> operands = new ArrayList<>();
    for (Node operand : node.operands()) {
      operands.add(
          operand.operator() == Operator.PARAMETER
              ? stored.apply(operand.name())
              : Objects.requireNonNull(names.get(operand)));
    }
    return operands;
  }

  private String assigned(String name, Node node, List<String> operands, boolean inPlace) {
    TorchCall call = new TorchCall(node, operands, training, inPlace);
    return "%s = %s  # %s %s".formatted(name, TorchForms.write(call), node.origin(), node.shape());
  }

  private static List<String> arguments(Piece piece) {
    List<String> arguments = new ArrayList<>();
    if (!piece.takes().isEmpty()) {
      arguments.add("x: List[Tensor]");
    }
    if (!piece.stored().isEmpty()) {
      arguments.add("p: List[Tensor]");
    }
    return arguments;
  }
}
