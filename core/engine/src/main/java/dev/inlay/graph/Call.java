package dev.inlay.graph;

import dev.inlay.Dim;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of one operation, read by place; what shape rules and costs work on. */
record Call(List<@Nullable Object> arguments) {

  Node node(int place) {
    return (Node) Objects.requireNonNull(arguments.get(place));
  }

  boolean isNode(int place) {
    return arguments.get(place) instanceof Node;
  }

  Shape shape(int place) {
    return node(place).layout();
  }

  @SuppressWarnings("unchecked")
  <T> List<T> list(int place) {
    return (List<T>) Objects.requireNonNull(arguments.get(place));
  }

  int number(int place) {
    return ((Number) Objects.requireNonNull(arguments.get(place))).intValue();
  }

  Dim dim(int place) {
    return (Dim) Objects.requireNonNull(arguments.get(place));
  }

  boolean flag(int place) {
    return (Boolean) Objects.requireNonNull(arguments.get(place));
  }

  String text(int place) {
    return ((Literal) Objects.requireNonNull(arguments.get(place))).text();
  }
}
