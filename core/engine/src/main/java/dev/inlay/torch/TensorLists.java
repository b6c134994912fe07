package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.inlay.compile.torch.ListSource;
import java.util.List;

/** Arithmetic on lists of arrays in the engine's memory, each list by few calls of the engine. */
final class TensorLists implements AutoCloseable {

  private final NDManager manager;
  private final Script script;

  TensorLists(NDManager manager) {
    this.manager = manager;
    script = new Script(manager, ListSource.methods());
  }

  /** The Euclidean norm of all elements together; 0 for no arrays. */
  double norm(List<NDArray> x) {
    if (x.isEmpty()) {
      return 0;
    }
    try (NDManager run = manager.newSubManager()) {
      return call(run, ListSource.NORM, list("x", x)).singletonOrThrow().getFloat();
    }
  }

  /** Multiplies {@code x} with a factor. */
  void scale(List<NDArray> x, double factor) {
    change(x, run -> call(run, ListSource.SCALE, list("x", x), number(run, factor)));
  }

  /** Adds {@code y} to {@code x}. */
  void add(List<NDArray> x, List<NDArray> y) {
    change(x, run -> call(run, ListSource.ADD, list("x", x), list("y", y)));
  }

  /** Moves {@code x} by a share of the way to {@code y}. */
  void approach(List<NDArray> x, List<NDArray> y, double share) {
    change(
        x, run -> call(run, ListSource.APPROACH, list("x", x), list("y", y), number(run, share)));
  }

  /** Sets {@code x} to the values of {@code y}. */
  void copy(List<NDArray> x, List<NDArray> y) {
    change(x, run -> call(run, ListSource.COPY, list("x", x), list("y", y)));
  }

  private interface Change {
    void in(NDManager run);
  }

  private void change(List<NDArray> x, Change change) {
    if (!x.isEmpty()) { // The engine cannot tell an empty list from none.
      try (NDManager run = manager.newSubManager()) {
        change.in(run);
      }
    }
  }

  private NDList call(NDManager run, String method, NDList... lists) {
    return script.call(run, method, false, lists);
  }

  private static NDList list(String name, List<NDArray> arrays) {
    return Script.list(name, arrays);
  }

  private static NDList number(NDManager run, double factor) {
    return list("f", List.of(run.create((float) factor)));
  }

  @Override
  public void close() {
    script.close();
  }
}
