package dev.inlay.measure;

import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.assemble.StageOf;
import dev.inlay.compile.Piece;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.WorkingMemory;
import dev.inlay.graph.Node;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.Network;
import dev.inlay.torch.PiecewiseProgram;
import dev.inlay.torch.Torch;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measures predictions by stage: the network runs in one piece and stage by stage in turn, so that
 * both see the same machine. The stages are a program's after its passes.
 */
final class StageBenchmark {

  private static final long SEED = 0;
  private static final String IMAGE = "image";

  private final Network network;
  private final BatchSize size;
  private final Program program;
  private final StageOf stageOf;

  /** The places of stages that have operations, {@link StageOf#NONE} included. */
  private final List<Integer> places = new ArrayList<>();

  private final List<List<Node>> groups = new ArrayList<>();

  StageBenchmark(Network network, ProgramOptions options, BatchSize size) {
    this.network = network;
    this.size = size;
    Assembly assembly = network.assembly();
    program =
        new Program(
            assembly.graph(), List.of(assembly.fullLogits()), options.fromPixels(assembly.image()));
    stageOf = new StageOf(assembly, program.order());
    List<List<Node>> all = stageOf.grouped(program.order());
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isEmpty()) {
        places.add(i + StageOf.NONE);
        groups.add(all.get(i));
      }
    }
  }

  StageTimes measure(int warmUps, int runs, String device) {
    List<Node> everything = groups.stream().flatMap(List::stream).toList();
    List<Piece> stages = Piece.of(groups);
    List<List<Double>> times = new ArrayList<>();
    stages.forEach(stage -> times.add(new ArrayList<>()));
    List<Double> whole = new ArrayList<>();
    ByteBuffer images = images();
    try (PiecewiseProgram apart = new PiecewiseProgram(network, program, stages, size);
        PiecewiseProgram one =
            new PiecewiseProgram(network, program, Piece.of(List.of(everything)), size)) {
      for (int i = 0; i < warmUps + runs; i++) {
        boolean counts = i >= warmUps;
        one.run(
            images,
            Normalization.IMAGENET,
            (piece, milliseconds, values) -> {
              if (counts) {
                whole.add(milliseconds);
              }
            });
        apart.run(
            images,
            Normalization.IMAGENET,
            (piece, milliseconds, values) -> {
              if (counts) {
                times.get(stages.indexOf(piece)).add(milliseconds);
              }
            });
      }
    }
    return new StageTimes(device, Torch.threads(), Torch.version(), stages(times), median(whole));
  }

  private ByteBuffer images() {
    byte[] pixels = new byte[Math.toIntExact(3 * size.batch() * size.height() * size.width())];
    new Random(SEED).nextBytes(pixels);
    return ByteBuffer.allocateDirect(pixels.length).put(pixels).rewind();
  }

  private List<StageTimes.Stage> stages(List<List<Double>> times) {
    Costs costs = Costs.of(network.assembly(), size.batch(), size.height(), size.width());
    long[] held = new WorkingMemory(program).held(size.batch(), size.height(), size.width());
    List<StageTimes.Stage> stages = new ArrayList<>();
    for (int place = StageOf.NONE; place < costs.stages().size(); place++) {
      int at = places.indexOf(place);
      double time = at < 0 ? 0 : median(times.get(at));
      if (place == StageOf.NONE) {
        stages.add(new StageTimes.Stage(IMAGE, "", time, 0, 0, most(held, place)));
      } else {
        Costs.Stage stage = costs.stages().get(place);
        stages.add(
            new StageTimes.Stage(
                stage.name(),
                stage.spec(),
                time,
                stage.sum().convMacs() + stage.sum().attentionMacs(),
                stage.sum().parametersInference(),
                most(held, place)));
      }
    }
    return stages;
  }

  private long most(long[] held, int place) {
    long most = 0;
    for (int i = 0; i < held.length; i++) {
      Node node = program.order().get(i);
      if (StageOf.isOperation(node) && stageOf.place(node) == place) {
        most = Math.max(most, held[i]);
      }
    }
    return most;
  }

  private static double median(List<Double> times) {
    return Benchmark.median(times.stream().sorted().toList());
  }
}
