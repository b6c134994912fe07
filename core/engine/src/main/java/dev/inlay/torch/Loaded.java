package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.inlay.compile.Program;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A program in the engine, with its prepared values. */
final class Loaded implements AutoCloseable {

  private final Program program;
  private final StoredValues values;
  private final Script script;

  /** Loads a program; {@code parameters} gives each parameter's array by name. */
  Loaded(NDManager manager, Program program, Function<String, NDArray> parameters) {
    this.program = program;
    script = new Script(manager, Source.forward(program));
    values = new StoredValues(manager, program, parameters);
  }

  /** Recomputes the prepared values after a change of the parameters. */
  void prepare() {
    values.prepare();
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
    return script.infer(arguments, Script.list("p", values.get(program.stored())));
  }

  @Override
  public void close() {
    script.close();
    values.close();
  }
}
