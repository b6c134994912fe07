package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.inlay.compile.Piece;
import dev.inlay.compile.Program;
import dev.inlay.compile.torch.PieceSource;
import dev.inlay.graph.Node;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network's program that runs piece by piece on images of one size, so that the time of each
 * piece can be taken and values between them can be looked at. A value is released after its last
 * use.
 */
public final class PiecewiseProgram implements AutoCloseable {

  /** Learns what runs. */
  public interface Watcher {

    /**
     * A piece has run.
     *
     * @param values those that it gave can be looked at during this call
     */
    void ran(Piece piece, double milliseconds, ValuesInReach values);
  }

  private final Network network;
  private final Program program;
  private final List<Piece> pieces;
  private final StoredValues stored;
  private final Script script;
  private final ValueLook look;
  private final BatchSize size;

  /**
   * Loads a program in pieces.
   *
   * @param program for images as bytes, see {@link dev.inlay.compile.pass.FromPixels}
   * @param pieces all of its operations
   */
  public PiecewiseProgram(Network network, Program program, List<Piece> pieces, BatchSize size) {
    this.network = network;
    this.program = program;
    this.pieces = List.copyOf(pieces);
    this.size = size;
    PieceSource source = new PieceSource(program.options().training(), size.symbols());
    StringBuilder methods = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      methods.append(source.forward(method(i), pieces.get(i), program::writesInPlace));
    }
    script = new Script(network.manager(), methods.toString());
    look = new ValueLook(network.manager());
    stored = new StoredValues(network.manager(), program, network.parameters()::get);
  }

  private static String method(int piece) {
    return "f" + piece;
  }

  /**
   * Runs all pieces.
   *
   * @param images bytes (B,H,W,3) of red, green and blue, in a direct buffer
   */
  public void run(ByteBuffer images, Normalization normalization, Watcher watcher) {
    MemoryCheck.of(network.manager().getDevice(), program)
        .require((int) size.height(), (int) size.width());
    EngineCalls.during(
        () -> {
          try (NDManager run = network.manager().newSubManager();
              ValuesInReach values = new ValuesInReach(run, stored, look)) {
            Map<String, NDArray> inputs =
                Images.inputs(
                    run, images, size.batch(), size.height(), size.width(), normalization);
            for (Node input : program.inputs()) {
              values.put(input, Objects.requireNonNull(inputs.get(input.name()), input.name()));
            }
            run(values, watcher);
          }
        });
  }

  private void run(ValuesInReach values, Watcher watcher) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      NDList arguments = values.arguments(piece);
      long start = System.nanoTime();
      NDList given = script.call(values.manager(), method(i), false, arguments);
      values.await();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      for (int k = 0; k < given.size(); k++) {
        values.put(piece.gives().get(k), given.get(k));
      }
      watcher.ran(piece, milliseconds, values);
      piece.releases().forEach(values::release);
    }
  }

  @Override
  public void close() {
    script.close();
    look.close();
    stored.close();
  }
}
