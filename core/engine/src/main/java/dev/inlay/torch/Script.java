package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import dev.inlay.compile.torch.Archive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** A program in the engine. Its arguments are arrays; those of a list have the list's name. */
final class Script implements AutoCloseable {

  /** DJL takes the name of a method from the name of an array without values. */
  private static final String METHOD = "module_method:";

  private final Model model;
  private final ParameterStore store;

  /** Loads methods in the form of {@link dev.inlay.compile.torch.Source}. */
  Script(NDManager manager, String methods) {
    this(manager, methods, true);
  }

  private Script(NDManager manager, String methods, boolean checked) {
    Device device = manager.getDevice();
    if (checked && !device.isGpu()) {
      Kernels.require();
    }
    model = Model.newInstance("inlay", device, "PyTorch");
    store = new ParameterStore(manager, false);
    EngineCalls.during(() -> load(model, methods));
  }

  private static void load(Model model, String methods) {
    try {
      model.load(new ByteArrayInputStream(Archive.of(methods)));
    } catch (IOException | MalformedModelException e) {
      throw new IllegalStateException("The engine refuses the program:\n" + methods, e);
    }
  }

  /** A program that may run before the check of the engine's convolutions. */
  static Script unchecked(NDManager manager, String methods) {
    return new Script(manager, methods, false);
  }

  /** Arrays as a list argument with a name. */
  static NDList list(String name, List<NDArray> arrays) {
    String shared = name + "[]";
    arrays.forEach(array -> array.setName(shared));
    return new NDList(arrays);
  }

  /**
   * Runs one of several methods.
   *
   * @param manager has the results
   * @param gradients whether gradients may be computed
   */
  NDList call(NDManager manager, String method, boolean gradients, NDList... arguments) {
    try (NDArray named = manager.create(new Shape(0))) {
      named.setName(METHOD + method);
      NDList[] all = new NDList[arguments.length + 1];
      all[0] = new NDList(named);
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      return run(gradients, all);
    }
  }

  /** Runs without gradients; the results belong to the first argument's manager. */
  NDList infer(NDList... arguments) {
    return run(false, arguments);
  }

  /** Runs with gradients. */
  NDList train(NDList... arguments) {
    return run(true, arguments);
  }

  /** Arrays as a list argument of {@link #change}, which can be used repeatedly. */
  static IValue values(List<NDArray> arrays) {
    return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  /** Runs a program that changes its arguments in place, without gradients. */
  void change(IValue... arguments) {
    EngineCalls.during(
        () -> {
          JniUtils.setGraphExecutorOptimize(false); // See below.
          ((PtSymbolBlock) model.getBlock()).forward(arguments).close();
        });
  }

  private NDList run(boolean gradients, NDList... arguments) {
    NDList all = new NDList();
    for (NDList some : arguments) {
      all.addAll(some);
    }
    return EngineCalls.during(() -> forward(gradients, all));
  }

  private NDList forward(boolean gradients, NDList all) {
    // The engine's graph optimizer moves operations behind the line that disables gradients, which
    // detaches them from the loss. It also makes a program's first calls slow and increases their
    // memory. The compiler has already applied the useful rewritings. The setting is per thread.
    JniUtils.setGraphExecutorOptimize(false);
    return model.getBlock().forward(store, all, gradients);
  }

  @Override
  public void close() {
    model.close();
  }
}
