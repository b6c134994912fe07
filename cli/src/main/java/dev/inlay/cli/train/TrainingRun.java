package dev.inlay.cli.train;

import dev.inlay.cli.common.Interruption;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.TrainingWatch;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.SampleSource;
import dev.inlay.torch.Network;
import dev.inlay.train.EarlyStop;
import dev.inlay.train.Hook;
import dev.inlay.train.Progress;
import dev.inlay.train.State;
import dev.inlay.train.Trainer;
import dev.inlay.train.TrainingPlan;
import dev.inlay.train.run.ModelFiles;
import dev.inlay.train.run.RunFolder;
import dev.inlay.train.run.RunLog;
import dev.inlay.train.run.SaveFailures;
import dev.inlay.train.run.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a training in its folder: from its beginning or a saved state to its end, a signal or
 * a failure.
 *
 * @param facts about the data, for the report
 * @param saveEvery the number of iterations between two savings of the state; 0 for none besides
 *     those at scorings
 * @param patience the number of scorings in a row without a higher mIoU that end the training
 */
record TrainingRun(
    Workbench bench, RunFolder folder, String facts, int saveEvery, Optional<Integer> patience) {

  /**
   * The end of a run.
   *
   * @param exitCode 0 at the end of the training, else that of the signal
   * @param best the best score; null if a signal came before the first scoring
   */
  record End(int exitCode, State.@Nullable Best best) {}

  End train(
      Network network,
      ClassList classes,
      TrainingPlan plan,
      SampleSource train,
      SampleSource heldOut,
      boolean resumes) {
    SaveFailures failures = new SaveFailures(bench::warn);
    AtomicReference<Trainer> running = new AtomicReference<>();
    Supplier<State> state = () -> Objects.requireNonNull(running.get()).state();
    ModelFiles models =
        new ModelFiles(
            () -> Objects.requireNonNull(running.get()).scored(),
            classes,
            plan,
            folder.file(RunFolder.BEST),
            folder.file(RunFolder.LAST),
            failures);
    TrainingWatch watch =
        new TrainingWatch(bench, classes, plan.iterations(), folder.path(), failures);
    RunLog log = new RunLog(folder, failures);
    Optional<EarlyStop> early = patience.map(scorings -> new EarlyStop(scorings, state));
    LiveReport report =
        new LiveReport(
            folder,
            classes,
            heldOut,
            facts,
            watch.history(),
            image -> Objects.requireNonNull(running.get()).predict(image),
            failures);
    StarvedEngine starved = new StarvedEngine(bench::warn, plan.threads());
    List<Hook> hooks = new ArrayList<>(List.of(models, watch, log, report, starved));
    early.ifPresent(hooks::add);
    SavedState saved = new SavedState(folder, saveEvery, state, failures);
    try (watch;
        Interruption interruption = Interruption.await(this::stopping);
        Trainer trainer =
            new Trainer(network, classes, plan, with(hooks, new Pause(interruption), saved))) {
      running.set(trainer);
      int begun = resumes ? SavedState.restore(folder, trainer, failures) : 0;
      log.rewind(begun, watch.history());
      if (resumes) {
        bench.out().println("resumed after iteration %d of %d".formatted(begun, plan.iterations()));
      } else {
        saved.save(trainer.state());
      }
      boolean before = early.isPresent() && early.get().isReached();
      Optional<State.Best> best = before ? trainer.state().best() : run(trainer, train, heldOut);
      boolean stopped = early.isPresent() && early.get().isReached();
      boolean done = stopped || trainer.state().iteration() >= plan.iterations();
      if (stopped) {
        bench
            .out()
            .println(
                "stopped early after iteration %d: no higher mIoU in the last %d scorings"
                    .formatted(trainer.state().iteration(), early.get().patience()));
      }
      if (!done) {
        paused(trainer.state());
      }
      failures.require();
      int code = done ? 0 : interruption.exitCode().orElse(0);
      return new End(code, best.orElse(null));
    }
  }

  private static List<Hook> with(List<Hook> hooks, Hook... further) {
    return Stream.concat(hooks.stream(), Stream.of(further)).toList();
  }

  private Optional<State.Best> run(Trainer trainer, SampleSource train, SampleSource heldOut) {
    try {
      return trainer.run(train, heldOut);
    } catch (RuntimeException | Error failure) {
      if (trainer.state().iteration() == 0) {
        folder.discard();
      }
      throw failure;
    }
  }

  /** Asks for a pause once a signal has arrived. */
  private record Pause(Interruption interruption) implements Hook {
    @Override
    public Answer iterated(Progress progress) {
      return interruption.hasArrived() ? Answer.PAUSE : Answer.CONTINUE;
    }
  }

  private void stopping(String signal) {
    bench
        .err()
        .println(
            "inlay: %s: the training stops after this iteration and is saved; a second signal ends it at once."
                .formatted(signal.equals("INT") ? "Ctrl-C" : "The signal " + signal));
    bench.err().flush();
  }

  private void paused(State state) {
    bench
        .out()
        .println(
            "stopped after iteration %d; go on with:\n  inlay train --resume %s"
                .formatted(state.iteration(), TerminalText.argument(folder.path())));
    bench.out().flush();
  }
}
