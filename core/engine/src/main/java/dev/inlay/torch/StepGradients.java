package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The gradients of one batch in the engine, with the batch's losses. */
public final class StepGradients implements AutoCloseable {

  private final NDManager manager;
  private final List<float[]> reported;
  private final Map<String, NDArray> gradients = new HashMap<>();

  StepGradients(
      NDManager manager, List<float[]> reported, List<String> names, List<NDArray> gradients) {
    this.manager = manager;
    this.reported = reported;
    for (int i = 0; i < gradients.size(); i++) {
      this.gradients.put(names.get(i), gradients.get(i));
    }
  }

  /** The loss, then the reported values, each in row-major order. */
  public List<float[]> reported() {
    return reported;
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
