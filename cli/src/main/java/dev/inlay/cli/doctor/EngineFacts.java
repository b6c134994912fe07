package dev.inlay.cli.doctor;

import dev.inlay.InlayException;
import dev.inlay.torch.EngineReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The engine, its library, its convolutions and its threads. */
final class EngineFacts {

  private static final String ABOUT = "engine";

  private EngineFacts() {}

  static List<Fact> all(Map<String, String> environment) {
    try {
      return of(EngineReport.make(), environment);
    } catch (InlayException e) {
      return List.of(
          Fact.wrong(ABOUT, "PyTorch", "does not start", String.valueOf(e.getMessage())));
    }
  }

  /** The facts of an engine that runs. */
  static List<Fact> of(EngineReport engine, Map<String, String> environment) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.ok(ABOUT, "PyTorch", engine.version() + " for " + engine.flavor()));
    facts.add(Fact.ok(ABOUT, "library", engine.library()));
    facts.add(convolutions(engine));
    facts.add(threads(engine, environment));
    String policy = environment.getOrDefault("OMP_WAIT_POLICY", "not set");
    facts.add(
        policy.equalsIgnoreCase("PASSIVE")
            ? Fact.ok(ABOUT, "idle threads", "sleep (OMP_WAIT_POLICY=PASSIVE)")
            : Fact.note(
                ABOUT,
                "idle threads",
                "OMP_WAIT_POLICY " + policy,
                "They spin, which takes time from other work: set OMP_WAIT_POLICY=PASSIVE."));
    facts.addAll(GpuFacts.of(engine, environment));
    return facts;
  }

  private static Fact convolutions(EngineReport engine) {
    String isa = "ONEDNN_MAX_CPU_ISA=SSE41";
    return switch (engine.convolutions()) {
      case EXACT -> Fact.ok(ABOUT, "convolutions", "right");
      case SWITCHED_OFF ->
          Fact.note(
              ABOUT,
              "convolutions",
              "oneDNN's are wrong on this machine and are switched off; results are right, but take longer",
              "oneDNN misreads the caches of some virtual machines. Another machine is faster; the variable "
                  + isa
                  + " makes other programs right, too.");
      case WRONG ->
          Fact.wrong(
              ABOUT,
              "convolutions",
              "wrong, with and without oneDNN",
              "Set the variable " + isa + ", or use another machine.");
    };
  }

  private static Fact threads(EngineReport engine, Map<String, String> environment) {
    int processors = Runtime.getRuntime().availableProcessors();
    String set = environment.getOrDefault("OMP_NUM_THREADS", "not set");
    String value = "%d (OMP_NUM_THREADS %s)".formatted(engine.threads(), set);
    return engine.threads() > processors
        ? Fact.note(
            ABOUT,
            "threads",
            value,
            "More than the %d processors, which is slow: use --threads %d."
                .formatted(processors, processors))
        : Fact.ok(ABOUT, "threads", value);
  }
}
