package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import dev.inlay.compile.torch.Archive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** A program in the engine. Arrays travel as arguments; those of one list bear its name. */
final class Script implements AutoCloseable {

  private final Model model;
  private final ParameterStore store;

  /** Loads methods as {@link dev.inlay.compile.torch.Source} writes them. */
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
      throw new IllegalStateException("the engine refuses the program:\n" + methods, e);
    }
  }

  /** A program that may run before it is known that the engine computes what it should. */
  static Script unchecked(NDManager manager, String methods) {
    return new Script(manager, methods, false);
  }

  /** Arrays as one list argument of that name. */
  static NDList list(String name, List<NDArray> arrays) {
    String shared = name + "[]";
    arrays.forEach(array -> array.setName(shared));
    return new NDList(arrays);
  }

  /** Runs without a gradient in mind; the results belong to the first argument's manager. */
  NDList infer(NDList... arguments) {
    return run(false, arguments);
  }

  /** Runs so that the program may ask for gradients. */
  NDList train(NDList... arguments) {
    return run(true, arguments);
  }

  /** Arrays as one list argument of {@link #change}, which may be used again and again. */
  static IValue values(List<NDArray> arrays) {
    return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  /** Runs for what the program changes in place, without a gradient in mind. */
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
    // The engine's optimizer moves operations behind the line that turns gradients off, and so cuts
    // them off from the loss; it also makes a program's first calls slow and large. What it would
    // fuse, the compiler has written as it should run. The setting is the thread's own.
    JniUtils.setGraphExecutorOptimize(false);
    return model.getBlock().forward(store, all, gradients);
  }

  @Override
  public void close() {
    model.close();
  }
}
