package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.inlay.compile.Program;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A program in the engine, with its prepared values. */
final class Loaded implements AutoCloseable {

  private final NDManager manager;
  private final Program program;
  private final Function<String, NDArray> parameters;
  private final Script script;
  private final Map<String, NDArray> prepared = new HashMap<>();

  /** Loads a program; {@code parameters} gives each parameter's array by name. */
  Loaded(NDManager manager, Program program, Function<String, NDArray> parameters) {
    this.manager = manager;
    this.program = program;
    this.parameters = parameters;
    script = new Script(manager, Source.forward(program));
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

  /** The names of the parameters and prepared values that each run reads. */
  List<String> stored() {
    return program.stored();
  }

  /** The program's only output, for inputs by name; unread inputs are ignored. */
  NDArray run(Map<String, NDArray> inputs) {
    NDList arguments = new NDList();
    for (Node input : program.inputs()) {
      arguments.add(Objects.requireNonNull(inputs.get(input.name()), input.name()));
    }
    return run(arguments).singletonOrThrow();
  }

  /** Runs the program on the inputs that it reads, in its order. */
  NDList run(NDList arguments) {
    List<NDArray> stored = new ArrayList<>();
    for (String name : program.stored()) {
      NDArray made = prepared.get(name);
      stored.add(made == null ? parameters.apply(name) : made);
    }
    return script.infer(arguments, Script.list("p", stored));
  }

  @Override
  public void close() {
    script.close();
    prepared.values().forEach(NDArray::close);
  }
}
