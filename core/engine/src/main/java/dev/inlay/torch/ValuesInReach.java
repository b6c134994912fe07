package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.inlay.compile.Piece;
import dev.inlay.compile.torch.LookSource;
import dev.inlay.graph.Node;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The values that a piecewise run holds at the moment. */
public final class ValuesInReach implements AutoCloseable {

  private final NDManager manager;
  private final StoredValues stored;
  private final ValueLook look;
  private final Map<Node, NDArray> values = new IdentityHashMap<>();

  ValuesInReach(NDManager manager, StoredValues stored, ValueLook look) {
    this.manager = manager;
    this.stored = stored;
    this.look = look;
  }

  /** The statistics of a value that a piece has just given. */
  public ValueStatistics statistics(Node node) {
    return look.statistics(manager, get(node));
  }

  /** The statistics of a parameter or a prepared value. */
  public ValueStatistics stored(String name) {
    return look.statistics(manager, stored.get(name));
  }

  /** The bytes of a value. */
  public long bytes(Node node) {
    NDArray array = get(node);
    return array.size() * array.getDataType().getNumOfBytes();
  }

  /**
   * Some channels of the first of a batch of maps (B,C,H,W), averaged to a smaller size.
   *
   * @param most how many channels at most; more are left out evenly
   * @param side the longer side of the maps at most, in pixels
   * @return an array (1,c,h,w)
   */
  public HostArray maps(Node node, int most, int side) {
    NDArray array = get(node);
    long[] shape = array.getShape().getShape();
    double scale = Math.min(1, (double) side / Math.max(shape[2], shape[3]));
    int step = channelStep(shape[1], most);
    String method = "maps";
    String source = LookSource.maps(method, step, scaled(shape[2], scale), scaled(shape[3], scale));
    try (NDManager run = manager.newSubManager();
        Script script = new Script(run, source)) {
      NDList x = Script.list("x", List.of(array));
      return GraphRunner.host(script.call(run, method, false, x).singletonOrThrow());
    }
  }

  /** Every which channel is shown, if there are more than are wanted. */
  public static int channelStep(long channels, int most) {
    return Math.toIntExact((channels + most - 1) / most);
  }

  private static long scaled(long size, double scale) {
    return Math.max(1, Math.round(size * scale));
  }

  NDManager manager() {
    return manager;
  }

  void put(Node node, NDArray value) {
    values.put(node, value);
  }

  NDArray get(Node node) {
    return Objects.requireNonNull(values.get(node), node.toString());
  }

  void release(Node node) {
    NDArray value = values.remove(node);
    if (value != null) {
      value.close();
    }
  }

  /** The arguments of a piece. */
  NDList arguments(Piece piece) {
    List<NDArray> taken = new ArrayList<>();
    piece.takes().forEach(node -> taken.add(get(node)));
    NDList arguments = new NDList();
    arguments.addAll(Script.list("x", taken));
    arguments.addAll(Script.list("p", stored.get(piece.stored())));
    return arguments;
  }

  /** Waits for a GPU, which computes while the caller goes on. */
  void await() {
    if (manager.getDevice().isGpu()) {
      try (NDArray last = manager.zeros(new Shape(1))) {
        last.toFloatArray();
      }
    }
  }

  @Override
  public void close() {
    values.clear();
  }
}
