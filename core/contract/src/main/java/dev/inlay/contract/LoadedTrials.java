package dev.inlay.contract;

import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.torch.Computation;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The latest networks that are loaded in the engine, for inference: to compile and load a network
 * of hundreds of layers takes longer than to run it on a small image, and most rules run the same
 * one. Of the few that are kept, the one that was not run for longest is closed for a new one.
 */
final class LoadedTrials {

  /** The samples of a technique, which each rule tries in turn, and a few more. */
  private static final int MOST = 8;

  private static final List<Entry> LATEST = new ArrayList<>();

  private record Entry(TrialNetwork network, Computation computation) {}

  private LoadedTrials() {}

  /** The outputs of a network with its {@link TrialNetwork#parameters()}, in inference. */
  static synchronized List<HostArray> run(TrialNetwork network, HostArray images) {
    return loaded(network).run(Map.of(Assembly.IMAGE, images));
  }

  private static Computation loaded(TrialNetwork network) {
    for (Iterator<Entry> entries = LATEST.iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.network() == network) {
        entries.remove();
        LATEST.add(entry);
        return entry.computation();
      }
    }
    Computation computation =
        new Computation(
            network.assembly().graph(),
            network.outputs(),
            ProgramOptions.INFERENCE,
            network.parameters());
    LATEST.add(new Entry(network, computation));
    if (LATEST.size() > MOST) {
      LATEST.remove(0).computation().close();
    }
    return computation;
  }
}
