package dev.inlay.graph;

import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/** A scope in a graph: a prefix of parameter names. */
record GraphScope(Graph graph, String path) implements Scope {

  @Override
  public Scope at(String name) {
    String path = below(name);
    graph.entered(path);
    return new GraphScope(graph, path);
  }

  @Override
  public Tensor parameter(String name, Init init, long... shape) {
    return graph.parameter(below(name), Parameter.Kind.TRAINED, init, shape);
  }

  @Override
  public Tensor buffer(String name, Init init, long... shape) {
    return graph.parameter(below(name), Parameter.Kind.BUFFER, init, shape);
  }

  @Override
  public Tensor counter(String name) {
    return graph.parameter(below(name), Parameter.Kind.COUNTER, Init.ZERO);
  }

  @Override
  public void update(Tensor stored, Tensor value) {
    graph.update(stored, value);
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
