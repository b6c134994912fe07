package dev.inlay.measure;

import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Batch;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.LogitsProgram;
import dev.inlay.torch.Network;
import dev.inlay.torch.Torch;
import dev.inlay.train.Losses;
import dev.inlay.train.OptimizerChoice;
import dev.inlay.train.PlainStepper;
import dev.inlay.train.Stepper;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Times one network on random images: two runs to warm up, then those that count.
 *
 * @param spec the network, as a spec or the name of a preset
 * @param classes how many classes it tells apart
 * @param batch images a run
 * @param height rows of an image
 * @param width columns of an image
 * @param options how the program runs, and whether it trains
 * @param device {@code auto}, {@code cpu}, {@code gpu0}, …
 * @param runs how many runs count
 */
public record Benchmark(
    String spec,
    int classes,
    int batch,
    int height,
    int width,
    ProgramOptions options,
    String device,
    int runs) {

  private static final int WARM_UPS = 2;
  private static final long SEED = 0;
  private static final int IGNORED = 255;
  private static final double RATE = 0.01;

  /**
   * What was measured.
   *
   * @param parameters trained values, with those that only training uses
   * @param readyMs from the spec to a program that could run, beyond the engine's start, during
   *     which the network is assembled
   * @param engineMs the engine's start
   * @param times of the runs that count, in milliseconds, the least first
   */
  public record Result(
      String device,
      int threads,
      String torch,
      long parameters,
      double readyMs,
      double engineMs,
      List<Double> times) {

    /** The shortest run. */
    public double least() {
      return times.get(0);
    }

    /** The run in the middle, or the mean of both there. */
    public double median() {
      int half = times.size() / 2;
      return times.size() % 2 == 1 ? times.get(half) : (times.get(half - 1) + times.get(half)) / 2;
    }
  }

  /**
   * Runs the network.
   *
   * @throws dev.inlay.InlayException if the spec is wrong or the device is not there
   */
  public Result measure(Techniques techniques) {
    long start = System.nanoTime();
    NetworkSpec network = NetworkSpec.parse(spec, techniques);
    CompletableFuture<Double> loading = Torch.loadAside();
    Assembly assembly = Assembly.of(network, classes);
    String torch = Torch.version();
    String where = Torch.device(device);
    double engine = loading.join();
    double assembled = since(start) - engine;
    long parameters = Costs.of(assembly, batch, height, width).total().parameters();

    long networkStart = System.nanoTime();
    try (Network fresh = Network.fresh(assembly, where, SEED)) {
      if (options.training()) {
        Losses losses =
            new Losses(assembly, ObjectiveSpec.parse(Losses.DEFAULT, techniques), IGNORED);
        OptimizerChoice optimizer = OptimizerChoice.parse(OptimizerChoice.DEFAULT, techniques);
        try (Stepper stepper =
            new PlainStepper(
                fresh, losses, options, each -> optimizer.rule(), Normalization.IMAGENET)) {
          double ready = assembled + since(networkStart);
          List<Double> times = time(steps(stepper));
          return new Result(where, Torch.threads(), torch, parameters, ready, engine, times);
        }
      }
      try (LogitsProgram program = fresh.logitsOnly(options)) {
        double ready = assembled + since(networkStart);
        List<Double> times = time(predictions(program, where));
        return new Result(where, Torch.threads(), torch, parameters, ready, engine, times);
      }
    }
  }

  private Runnable steps(Stepper stepper) {
    Random random = new Random(SEED);
    byte[] images = new byte[values()];
    byte[] labels = new byte[batch * height * width];
    random.nextBytes(images);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(classes);
    }
    Batch same = Batch.of(batch, height, width, images, labels);
    return () -> stepper.take(same, RATE);
  }

  private Runnable predictions(LogitsProgram program, String where) {
    Random random = new Random(SEED);
    FloatBuffer images =
        ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, values()))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    while (images.hasRemaining()) {
      images.put((float) random.nextGaussian());
    }
    images.rewind();
    // A GPU works on while the program goes on; fetching the result waits for it.
    return where.equals("cpu")
        ? () -> program.run(images, batch, height, width)
        : () -> program.logits(images, batch, height, width);
  }

  private int values() {
    return Math.multiplyExact(3, Math.multiplyExact(batch, Math.multiplyExact(height, width)));
  }

  private List<Double> time(Runnable run) {
    for (int i = 0; i < WARM_UPS; i++) {
      run.run();
    }
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      run.run();
      times.add(since(start));
    }
    return times.stream().sorted().toList();
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
