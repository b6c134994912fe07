package dev.inlay.train;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Augmentation;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.SampleSource;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import dev.inlay.standard.Sgd;
import dev.inlay.torch.Network;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.Random;

/**
 * A training of a small network with dropout, batch normalisation and momentum, on images that the
 * test makes.
 */
final class TrialTraining implements AutoCloseable {

  static final int ITERATIONS = 20;
  static final int HALF = 10;

  static final ClassList CLASSES =
      new ClassList(
          List.of(new LabelClass("dark", 0x102030), new LabelClass("bright", 0xf0f0f0)), 255);

  static final Techniques TECHNIQUES =
      Techniques.of(
          List.of(
              entry(new Dropping()),
              entry(new Classes()),
              entry(new CrossEntropy()),
              entry(new Sgd())));

  private static Techniques.Entry entry(Technique<?> technique) {
    return new Techniques.Entry(technique, "the test");
  }

  /** No options. */
  public record Options() {}

  /** A normalised convolution with dropout of elements. */
  @Named(value = "dropping", says = "A convolution with dropout.")
  static final class Dropping implements Backbone<Options> {

    @Override
    public Features build(Options options, Features input, Scope scope) {
      Tensor map = scope.convNormRelu("stem", input.image(), 8, Window.of(3).stride(2));
      return input.withMaps(List.of(map.dropout(0.3)), List.of(2));
    }
  }

  /** A classifier with dropout of channels. */
  @Named(value = "classes", says = "A classifier with dropout.")
  static final class Classes implements Decoder<Options> {

    @Override
    public Tensor build(Options options, Features input, Scope scope) {
      return scope.classify("conv_seg", input.last(), input.classes(), 0.25);
    }
  }

  /** Images of noise; bright pixels have label 1, others 0. */
  static final class Noise implements SampleSource {

    private static final int WIDTH = 24;
    private static final int HEIGHT = 20;

    @Override
    public int size() {
      return 7;
    }

    @Override
    public String name(int index) {
      return "noise " + index;
    }

    @Override
    public LabelledImage read(int index) {
      byte[] pixels = new byte[3 * WIDTH * HEIGHT];
      new Random(index).nextBytes(pixels);
      byte[] ids = new byte[WIDTH * HEIGHT];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (byte) ((pixels[3 * i] & 255) / 128);
      }
      return new LabelledImage(
          new RgbImage(WIDTH, HEIGHT, pixels), new LabelMap(WIDTH, HEIGHT, ids));
    }
  }

  final Network network;
  final Trainer trainer;

  /** Prepares a training with hooks. */
  TrialTraining(String optimizer, long seed, Hook... hooks) {
    NetworkSpec spec = NetworkSpec.parse("dropping | classes", TECHNIQUES);
    network = Network.fresh(Assembly.of(spec, CLASSES.size()), "cpu", seed);
    TrainingPlan plan =
        new TrainingPlan(
            ITERATIONS,
            ObjectiveSpec.parse(Losses.DEFAULT, TECHNIQUES),
            new Schedule.Warmup(new Schedule.Poly(0.1, 0.9, ITERATIONS), 5),
            OptimizerChoice.parse(optimizer, TECHNIQUES),
            Groups.NONE,
            Stepping.PLAIN,
            3,
            Augmentation.crop(16, 16),
            8,
            seed,
            1,
            ProgramOptions.TRAINING,
            Normalization.IMAGENET);
    trainer = new Trainer(network, CLASSES, plan, List.of(hooks));
  }

  /** Stops a training after some iterations. */
  static Hook stopAfter(int iterations) {
    return new Hook() {
      @Override
      public Answer iterated(Progress progress) {
        return progress.iteration() == iterations ? Answer.STOP : Answer.CONTINUE;
      }
    };
  }

  State train() {
    trainer.run(new Noise(), new Noise());
    return trainer.state();
  }

  @Override
  public void close() {
    trainer.close();
    network.close();
  }
}
