package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.inlay.compile.Program;
import dev.inlay.compile.torch.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The parameters that a program reads, and the values that are computed from them once. */
final class StoredValues implements AutoCloseable {

  private final NDManager manager;
  private final Program program;
  private final Function<String, NDArray> parameters;
  private final Map<String, NDArray> prepared = new HashMap<>();

  /** Prepares the values of a program; {@code parameters} gives each parameter's array by name. */
  StoredValues(NDManager manager, Program program, Function<String, NDArray> parameters) {
    this.manager = manager;
    this.program = program;
    this.parameters = parameters;
    prepare();
  }

  /** Recomputes the prepared values after a change of the parameters. */
  void prepare() {
    if (program.prepared().isEmpty()) {
      return;
    }
    try (Script prepare = new Script(manager, Source.prepare(program))) {
      NDList made =
          prepare.infer(Script.list("p", program.preparedFrom().stream().map(parameters).toList()));
      for (int i = 0; i < made.size(); i++) {
        made.get(i).attach(manager);
        NDArray old = prepared.put(program.prepared().get(i), made.get(i));
        if (old != null) {
          old.close();
        }
      }
    }
  }

  /** The arrays of these stored values, in their order. */
  List<NDArray> get(List<String> names) {
    return names.stream().map(this::get).toList();
  }

  NDArray get(String name) {
    NDArray made = prepared.get(name);
    return made == null ? parameters.apply(name) : made;
  }

  @Override
  public void close() {
    prepared.values().forEach(NDArray::close);
  }
}
