package dev.inlay.graph;

/** Text that stands in a node's arguments as it is. */
public record Literal(String text) {
  @Override
  public String toString() {
    return text;
  }
}
