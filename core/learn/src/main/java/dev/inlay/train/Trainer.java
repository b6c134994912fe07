package dev.inlay.train;

import static dev.inlay.train.Hook.Answer.STOP;

import dev.inlay.InlayException;
import dev.inlay.assemble.BatchStatistics;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Batch;
import dev.inlay.data.BatchPlan;
import dev.inlay.data.BatchSource;
import dev.inlay.data.ClassList;
import dev.inlay.data.SampleSource;
import dev.inlay.evaluate.Evaluation;
import dev.inlay.evaluate.Scores;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.torch.AveragedNetwork;
import dev.inlay.torch.Inference;
import dev.inlay.torch.Network;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: trains a network on labelled images and scores it on held-out images at
 * regular intervals. Hooks do everything else, such as saving models.
 */
public final class Trainer implements AutoCloseable {

  private final Network network;
  private final ClassList classes;
  private final TrainingPlan plan;
  private final List<Hook> hooks;
  private final PlainStepper stepper;
  private final @Nullable AveragedNetwork average;
  private final Inference inference;
  private final State state;
  private final Divergence divergence;
  private @Nullable Batch latest;

  /**
   * Compiles the programs of a training that begins with the network's current weights.
   *
   * @throws InlayException if the network cannot be trained on crops of that size, a batch is too
   *     small for batch normalisation, or an objective does not fit its output
   */
  public Trainer(Network network, ClassList classes, TrainingPlan plan, List<Hook> hooks) {
    this.network = network;
    this.classes = classes;
    this.plan = plan;
    this.hooks = List.copyOf(hooks);
    int height = plan.augmentation().height();
    int width = plan.augmentation().width();
    network.assembly().requireCrop(height, width);
    BatchStatistics.require(network.assembly(), plan.batch(), height, width);
    Losses losses = new Losses(network.assembly(), plan.loss(), classes.ignore());
    stepper =
        new PlainStepper(
            network, losses, plan.options(), plan::rule, plan.stepping(), plan.normalization());
    average = plan.stepping().averages() ? new AveragedNetwork(network) : null;
    divergence = new Divergence(network, losses, plan);
    inference = scored().inference(ProgramOptions.INFERENCE);
    String spec = network.assembly().spec().toString();
    state = new State(spec, plan.optimizer().text(), plan.seed(), stepper.values(average));
  }

  /** The network that is scored: the average of the weights if the plan has one. */
  public Network scored() {
    return average == null ? network : average.network();
  }

  /** Predicts with the network that was scored last. */
  public LabelMap predict(RgbImage image) {
    byte[] ids = inference.labels(image.rgb(), image.height(), image.width(), plan.normalization());
    return new LabelMap(image.width(), image.height(), ids);
  }

  /** The training's state. */
  public State state() {
    return state;
  }

  /**
   * Resumes a training of the same plan from its saved state.
   *
   * @throws InlayException if the file is not a state of this training, which then keeps its own
   *     state
   */
  public void restore(Path file) {
    state.restore(file);
  }

  /**
   * Trains to the end of the plan, or until a hook asks to stop.
   *
   * <p>A training that diverges ends before the next scoring, so that hooks do not save its
   * network.
   *
   * @return the best score; empty if no scoring has taken place
   * @throws InlayException if the loss or, before a scoring, a weight is NaN or infinite
   */
  public Optional<State.Best> run(SampleSource train, SampleSource heldOut) {
    try {
      if (!iterate(train, heldOut)) {
        hooks.forEach(hook -> hook.left(state));
      }
    } catch (RuntimeException | Error failure) {
      leave(failure);
      throw failure;
    }
    return state.best();
  }

  /** Tells the hooks of a failure; what fails in turn is attached to it. */
  private void leave(Throwable failure) {
    for (Hook hook : hooks) {
      try {
        hook.left(state);
      } catch (RuntimeException | Error second) {
        failure.addSuppressed(second);
      }
    }
  }

  /** The loop; returns false if a hook paused it. */
  private boolean iterate(SampleSource train, SampleSource heldOut) {
    long first = (long) state.iteration() * plan.stepping().accumulate();
    BatchPlan batches =
        BatchPlan.of(plan.batch(), plan.seed()).withThreads(plan.threads()).from(first);
    try (BatchSource source =
        new BatchSource(train, plan.augmentation(), classes.ignore(), batches)) {
      ProgressMeter meter = new ProgressMeter(plan.iterations(), classes.size(), state.seconds());
      boolean stop = state.iteration() >= plan.iterations();
      if (isDue(stop)) { // The training was left or killed before this scoring was complete.
        Optional<Progress> before = state.unscored();
        stop |= before.isPresent() && score(before.get(), heldOut, meter).contains(STOP);
      }
      while (!stop) {
        Progress progress = step(source, meter);
        Set<Hook.Answer> answers = tell(hook -> hook.iterated(progress));
        stop = answers.contains(STOP) || state.iteration() == plan.iterations();
        if (isDue(stop)) {
          answers.addAll(score(progress, heldOut, meter));
          stop |= answers.contains(STOP);
        }
        if (!stop && answers.contains(Hook.Answer.PAUSE)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isDue(boolean stop) {
    return stop || state.iteration() > 0 && state.iteration() % plan.evaluateEvery() == 0;
  }

  private Set<Hook.Answer> score(Progress progress, SampleSource heldOut, ProgressMeter meter) {
    state.requireFinite();
    Scores scores = scores(heldOut);
    state.lasting(meter.seconds());
    boolean best = state.scored(scores.meanIou());
    return tell(hook -> hook.scored(progress, scores, best));
  }

  private Progress step(BatchSource source, ProgressMeter meter) {
    double rate = plan.schedule().at(state.iteration());
    state.stepping();
    StepResult result = stepper.take(() -> latest = source.next(), rate);
    int iteration = state.iteration() + 1;
    if (!result.isFinite()) {
      throw divergence.explain(
          result, Objects.requireNonNull(latest), source.names(), iteration, rate);
    }
    if (average != null) {
      average.follow(plan.stepping().averageDecay(iteration));
    }
    state.iterated();
    Progress progress = meter.after(state.iteration(), result, rate);
    state.progressed(progress);
    return progress;
  }

  private interface Call {
    Hook.Answer of(Hook hook);
  }

  /** Calls all hooks; returns their answers. */
  private Set<Hook.Answer> tell(Call call) {
    Set<Hook.Answer> answers = EnumSet.noneOf(Hook.Answer.class);
    for (Hook hook : hooks) {
      answers.add(call.of(hook));
    }
    return answers;
  }

  private Scores scores(SampleSource heldOut) {
    inference.prepare();
    hooks.forEach(hook -> hook.scoring(0, heldOut.size()));
    return Evaluation.of(
        inference,
        heldOut,
        classes,
        plan.normalization(),
        done -> hooks.forEach(hook -> hook.scoring(done, heldOut.size())));
  }

  @Override
  public void close() {
    stepper.close();
    inference.close();
    if (average != null) {
      average.close();
    }
  }
}
