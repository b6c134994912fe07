package dev.inlay.compile.pass;

import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.List;
import java.util.regex.Pattern;

/**
 * In training, normalises by the running statistics where their names match, and leaves them as
 * they are, as PyTorch's modules in evaluation mode do.
 *
 * <pre>
 *   x - BATCH_NORM - y     becomes     x - BATCH_NORM(fixed) - y
 * </pre>
 *
 * @param names to be found anywhere in the full names of running means and other updated values
 */
public record FixedStatistics(Pattern names) implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    return Walk.rewrite(roots, (old, node) -> isFixed(old) ? fixed(node) : node);
  }

  private boolean isFixed(Node node) {
    return node.operator() == Operator.BATCH_NORM
        && names.matcher(((Node) node.roles().mean()).name()).find();
  }

  private static Node fixed(Node node) {
    Attributes.BatchNorm how = node.attributes(Attributes.BatchNorm.class);
    return node.derived(
        Operator.BATCH_NORM,
        new Attributes.BatchNorm(how.momentum(), how.epsilon(), true),
        node.operands());
  }

  @Override
  public boolean updates(String stored) {
    return !names.matcher(stored).find();
  }
}
