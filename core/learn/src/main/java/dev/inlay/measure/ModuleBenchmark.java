package dev.inlay.measure;

import dev.inlay.assemble.ModuleCosts;
import dev.inlay.assemble.ModuleGraph;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.ModuleProgram;
import dev.inlay.torch.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures context modules, or decoders, without a network, on random maps of one size. The modules
 * run in turn, so that all see the same machine.
 *
 * @param channels the channels of the last map
 * @param size the size of the maps
 * @param classes the number of classes
 * @param options the program's passes and precision, for inference
 * @param device {@code auto}, {@code cpu}, {@code gpu0}, …
 * @param runs the number of measured runs
 */
public record ModuleBenchmark(
    int channels, BatchSize size, int classes, ProgramOptions options, String device, int runs) {

  private static final int WARM_UPS = 2;
  private static final long SEED = 0;

  /**
   * The costs of one module.
   *
   * @param module how it is written
   * @param parameters trained values that the result depends on
   * @param convMacs multiply-adds of convolutions
   * @param attentionMacs multiply-adds of products of computed values
   * @param times the times of the runs in milliseconds, ascending
   * @param bytes the values that are held at the same time at most, beside the given maps
   */
  public record Result(
      String module,
      long parameters,
      long convMacs,
      long attentionMacs,
      List<Double> times,
      long bytes) {

    /** The median of the times, in milliseconds. */
    public double median() {
      return Benchmark.median(times);
    }

    /** The shortest of the times, in milliseconds. */
    public double least() {
      return times.get(0);
    }
  }

  /**
   * Measures modules.
   *
   * @throws dev.inlay.InlayException if a text is no module, or the device does not exist
   */
  public List<Result> measure(List<String> modules, Techniques techniques) {
    List<ModuleGraph> graphs =
        modules.stream().map(each -> ModuleGraph.of(each, channels, classes, techniques)).toList();
    String where = Torch.device(device);
    List<ModuleProgram> programs = new ArrayList<>();
    try {
      graphs.forEach(graph -> programs.add(new ModuleProgram(graph, options, where, size, SEED)));
      List<List<Double>> times = times(programs);
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < graphs.size(); i++) {
        results.add(result(graphs.get(i), programs.get(i), times.get(i)));
      }
      return results;
    } finally {
      programs.forEach(ModuleProgram::close);
    }
  }

  private List<List<Double>> times(List<ModuleProgram> programs) {
    List<List<Double>> times = new ArrayList<>();
    programs.forEach(program -> times.add(new ArrayList<>()));
    for (int run = -WARM_UPS; run < runs; run++) {
      for (int i = 0; i < programs.size(); i++) {
        long start = System.nanoTime();
        programs.get(i).run();
        if (run >= 0) {
          times.get(i).add((System.nanoTime() - start) / 1e6);
        }
      }
    }
    return times;
  }

  private Result result(ModuleGraph graph, ModuleProgram program, List<Double> times) {
    ModuleCosts costs = graph.costs(size.batch(), size.height(), size.width());
    return new Result(
        graph.stages().toString(),
        costs.parameters(),
        costs.convMacs(),
        costs.attentionMacs(),
        times.stream().sorted().toList(),
        program.workingMemory());
  }
}
