package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of the engine's random generator on the CPU, which dropout uses: Python's {@code
 * torch.get_rng_state} and {@code torch.set_rng_state}. DJL and TorchScript can only seed it.
 *
 * <p>The state is available on x86-64 processors only, whose calling convention passes the address
 * of a returned object as an argument. It is not available for GPUs.
 */
final class EngineRandom {

  private static final String GENERATOR = "_ZN2at6detail22getDefaultCPUGeneratorEv";
  private static final String GET = "_ZNK2at9Generator9get_stateEv";
  private static final String SET = "_ZN2at9Generator9set_stateERKNS_6TensorE";

  /** The number of words in a Mersenne twister's state. */
  private static final int WORDS = 624;

  private EngineRandom() {}

  /** The state as bytes; empty if it is not available. */
  static Optional<byte[]> state(NDManager manager) {
    if (!canBeHad(manager)) {
      return Optional.empty();
    }
    try (NDArray state = read(manager)) {
      return Optional.of(state.toByteArray());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  /**
   * Restores a state.
   *
   * @return false if that is not possible, or the bytes are not a state of this engine
   */
  static boolean restore(NDManager manager, byte[] state) {
    Optional<byte[]> now = state(manager);
    if (now.isEmpty() || now.get().length != state.length || !isValid(state)) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(state.length).put(state).rewind();
    try (NDArray array = manager.create(bytes, new Shape(state.length), DataType.UINT8)) {
      long handle = ((PtNDArray) array).getHandle();
      TorchLibrary.function(SET).invokeVoid(new Object[] {generator(), new Pointer(handle)});
      return true;
    }
  }

  /**
   * Whether the bytes are a valid state of a seeded Mersenne twister: the number of unused words,
   * the seeded flag, and the position of the next word. The engine aborts the process for other
   * bytes.
   */
  private static boolean isValid(byte[] state) {
    ByteBuffer fields = ByteBuffer.wrap(state).order(ByteOrder.nativeOrder());
    if (state.length < 24) {
      return false;
    }
    int left = fields.getInt(8);
    int seeded = fields.getInt(12);
    long next = fields.getLong(16);
    return left >= 1 && left <= WORDS && seeded == 1 && next >= 0 && next <= WORDS;
  }

  private static boolean canBeHad(NDManager manager) {
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean known = processor.equals("amd64") || processor.equals("x86_64");
    return known && !system.startsWith("windows") && !manager.getDevice().isGpu();
  }

  /** Wraps the engine's array, which the engine deletes. */
  private static NDArray read(NDManager manager) {
    Function get = TorchLibrary.function(GET);
    Pointer generator = generator();
    long tensor = Native.malloc(Native.POINTER_SIZE);
    get.invokeVoid(new Object[] {new Pointer(tensor), generator});
    return new PtNDArray((PtNDManager) manager, tensor);
  }

  private static Pointer generator() {
    return TorchLibrary.function(GENERATOR).invokePointer(new Object[0]);
  }
}
