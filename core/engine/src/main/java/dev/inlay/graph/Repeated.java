package dev.inlay.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a stage's repeated blocks an error is about, as in {@code deep.blocks.3}: the author's
 * line is the same for all of them.
 */
final class Repeated {

  private static final Pattern BLOCK = Pattern.compile("(?:.*\\.)?\\d+(?=\\.|$)");
  private static final int MOST_NODES = 1000;

  private Repeated() {}

  /** The stage with the path of the innermost numbered block; the stage alone if there is none. */
  static String block(String stage, String scope) {
    // The nearest parameter may be another stage's; its block says nothing about this one.
    if (!stage.isEmpty() && !scope.startsWith(stage + ".")) {
      return stage;
    }
    Matcher block = BLOCK.matcher(stage.isEmpty() ? scope : scope.substring(stage.length() + 1));
    return block.lookingAt() ? (stage.isEmpty() ? "" : stage + ".") + block.group() : stage;
  }

  /** The scope of the parameter that stands nearest before these operands. */
  static Optional<String> scope(Collection<Node> operands) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(operands);
    while (!open.isEmpty() && seen.size() < MOST_NODES) {
      Node node = open.poll();
      if (node.operator() == Operator.PARAMETER) {
        int end = node.name().lastIndexOf('.');
        return Optional.of(node.name().substring(0, Math.max(0, end)));
      }
      if (seen.add(node)) {
        open.addAll(node.operands());
      }
    }
    return Optional.empty();
  }
}
