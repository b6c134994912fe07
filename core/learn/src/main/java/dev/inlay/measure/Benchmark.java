package dev.inlay.measure;

import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.background.Background;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Batch;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.LogitsProgram;
import dev.inlay.torch.Network;
import dev.inlay.torch.Torch;
import dev.inlay.train.Losses;
import dev.inlay.train.OptimizerChoice;
import dev.inlay.train.PlainStepper;
import dev.inlay.train.Stepper;
import dev.inlay.train.Stepping;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measures the run time of a network on random images: two warm-up runs, then the measured runs.
 *
 * @param spec the network, as a spec or the name of a preset
 * @param classes the number of classes
 * @param batch the batch size
 * @param height the height of the images, in pixels
 * @param width the width of the images, in pixels
 * @param options the program's passes and precision, for training or inference
 * @param device {@code auto}, {@code cpu}, {@code gpu0}, …
 * @param runs the number of measured runs
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
   * The measured times.
   *
   * @param parameters the number of trained values, those of side outputs included
   * @param readyMs milliseconds from the spec to a program that is ready to run, without the
   *     engine's start, which overlaps with assembling the network
   * @param engineMs milliseconds of the engine's start
   * @param times the times of the measured runs in milliseconds, ascending
   */
  public record Result(
      String device,
      int threads,
      String torch,
      long parameters,
      double readyMs,
      double engineMs,
      List<Double> times) {

    /** The time of the shortest run. */
    public double least() {
      return times.get(0);
    }

    /** The median of the times. */
    public double median() {
      return Benchmark.median(times);
    }
  }

  /**
   * Measures the network.
   *
   * @throws dev.inlay.InlayException if the spec is wrong or the device does not exist
   */
  public Result measure(Techniques techniques) {
    long start = System.nanoTime();
    NetworkSpec network = NetworkSpec.parse(spec, techniques);
    Background<Double> loading = Torch.loadAside();
    Assembly assembly = Assembly.of(network, classes);
    String torch = Torch.version();
    String where = Torch.device(device);
    double engine = loading.get();
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
                fresh,
                losses,
                options,
                each -> optimizer.rule(),
                Stepping.PLAIN,
                Normalization.IMAGENET)) {
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

  /**
   * Measures predictions by stage.
   *
   * @throws dev.inlay.InlayException if the spec is wrong or the device does not exist
   */
  public StageTimes measureByStage(Techniques techniques) {
    Assembly assembly = Assembly.of(NetworkSpec.parse(spec, techniques), classes);
    String where = Torch.device(device);
    try (Network fresh = Network.fresh(assembly, where, SEED)) {
      BatchSize size = new BatchSize(batch, height, width);
      return new StageBenchmark(fresh, options, size).measure(WARM_UPS, runs, where);
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
    return () -> stepper.take(() -> same, RATE);
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
    // A GPU runs asynchronously; fetching the logits waits for its result.
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

  /** The median of ascending times. */
  static double median(List<Double> times) {
    int half = times.size() / 2;
    return times.size() % 2 == 1 ? times.get(half) : (times.get(half - 1) + times.get(half)) / 2;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
