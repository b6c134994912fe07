package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The gradients of one batch in the engine, with the batch's losses. */
public final class StepGradients implements AutoCloseable {

  private final NDManager manager;
  private final TensorLists lists;
  private final List<float[]> reported;
  private final Map<String, NDArray> gradients = new LinkedHashMap<>();

  StepGradients(
      NDManager manager,
      TensorLists lists,
      List<float[]> reported,
      List<String> names,
      List<NDArray> gradients) {
    this.manager = manager;
    this.lists = lists;
    this.reported = reported;
    for (int i = 0; i < gradients.size(); i++) {
      this.gradients.put(names.get(i), gradients.get(i));
    }
  }

  /** The loss, then the reported values, each in row-major order. */
  public List<float[]> reported() {
    return reported;
  }

  /** The Euclidean norm of all gradients together; NaN or infinite if one of them is. */
  public double norm() {
    return EngineCalls.during(() -> lists.norm(all()));
  }

  /** Multiplies the gradients with a factor. */
  public void scale(double factor) {
    EngineCalls.during(() -> lists.scale(all(), factor));
  }

  /** Adds the gradients of another batch of the same program. */
  public void add(StepGradients other) {
    EngineCalls.during(() -> lists.add(all(), other.all()));
  }

  private List<NDArray> all() {
    return new ArrayList<>(gradients.values());
  }

  List<NDArray> get(List<String> names) {
    return names.stream().map(name -> Objects.requireNonNull(gradients.get(name), name)).toList();
  }

  NDManager manager() {
    return manager;
  }

  /** Releases their memory. */
  @Override
  public void close() {
    manager.close();
  }
}
