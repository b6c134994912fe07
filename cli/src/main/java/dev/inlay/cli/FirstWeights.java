package dev.inlay.cli;

import dev.inlay.InlayException;
import dev.inlay.compile.Assembly;
import dev.inlay.network.Network;
import dev.inlay.network.Normalization;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.reference.Import;
import dev.inlay.reference.Transfer;
import dev.inlay.reference.Wish;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.PartInfo;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The weights with which a training begins, instead of fresh ones. */
final class FirstWeights {

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights to begin with: a model, a checkpoint of PyTorch, safetensors from elsewhere, or"
              + " what inlay dupsampling fit wrote; may be repeated. Parameters that no file has"
              + " begin fresh only where that is asked for, or where the file is of a part.")
  private List<Path> files = List.of();

  @Mixin private final TensorChoice choice = new TensorChoice();

  /** Refuses what says how to take weights where there are none to take. */
  void check() {
    String option = choice.given();
    if (files.isEmpty() && !option.isEmpty()) {
      throw new InlayException(
          option + " says what to take of --weights FILE, which is not given; add it");
    }
  }

  /** Gives the network what the files hold, and says what that was. */
  void begin(Network network, Workbench bench) {
    for (Path path : files) {
      try (TensorFile file = TensorFiles.open(path)) {
        begin(network, file, bench);
      }
    }
  }

  private void begin(Network network, TensorFile file, Workbench bench) {
    if (PartInfo.isPart(file.metadata())) {
      network.begin(file);
      bench.out().println("weights  %s: %d loaded".formatted(file.path(), file.tensors().size()));
      return;
    }
    Import matched = Import.of(file, bench.techniques(), wish(network.assembly()));
    network.begin(file, matched.transfer().sources());
    say(file, matched, bench);
  }

  private Wish wish(Assembly assembly) {
    return choice.wish(assembly.spec(), null).withClasses(assembly.classes(), List.of());
  }

  private static void say(TensorFile file, Import matched, Workbench bench) {
    Transfer transfer = matched.transfer();
    bench
        .out()
        .println(
            "weights  %s: %d loaded by %s's names, %d left out, %d begin fresh"
                .formatted(
                    file.path(),
                    transfer.loaded().size(),
                    transfer.names(),
                    transfer.leftOut().size(),
                    transfer.missing().size() + transfer.reset().size()));
    transfer
        .leftOut()
        .forEach(
            tensor ->
                bench.out().println("         left out " + tensor.name() + " " + tensor.shape()));
    ModelInfo info = matched.info();
    Normalization used = Normalization.IMAGENET;
    if (!info.mean().equals(used.mean()) || !info.std().equals(used.deviation())) {
      bench.warn(
          "%s was trained on images normalised by mean %s and std %s; training here uses %s and %s"
              .formatted(file.path(), info.mean(), info.std(), used.mean(), used.deviation()));
    }
  }
}
