package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.cli.common.TensorChoice;
import dev.inlay.cli.common.Workbench;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.reference.Import;
import dev.inlay.reference.ImportRequest;
import dev.inlay.reference.Transfer;
import dev.inlay.torch.Network;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.PartInfo;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The initial weights of a training, read from files. */
final class FirstWeights {

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Initial weights: a model, a PyTorch checkpoint, another project's safetensors, or the file"
              + " of inlay prepare; may be repeated; default: random weights. A parameter that no file"
              + " has is refused unless --reset or --backbone-only names it, or the file is of a"
              + " part.")
  private List<Path> files = List.of();

  @Mixin private final TensorChoice choice = new TensorChoice();

  /**
   * Refuses {@code --reset}, {@code --map} and {@code --backbone-only} without {@code --weights}.
   */
  void check() {
    String option = choice.given();
    if (files.isEmpty() && !option.isEmpty()) {
      throw new InlayException(
          "%s says which tensors of --weights FILE to take, but --weights is not given. Add it."
              .formatted(option));
    }
  }

  /**
   * Loads the files into the network, and prints which tensors were loaded.
   *
   * @return the normalisation of images that the last file records; ImageNet's if none does
   */
  Normalization begin(Network network, Workbench bench) {
    Normalization normalization = Normalization.IMAGENET;
    for (Path path : files) {
      try (TensorFile file = TensorFiles.open(path)) {
        normalization = begin(network, file, bench).orElse(normalization);
      }
    }
    return normalization;
  }

  /** Loads one file; empty for a part, whose file records no normalisation. */
  private Optional<Normalization> begin(Network network, TensorFile file, Workbench bench) {
    if (PartInfo.isPart(file.metadata())) {
      network.begin(file);
      bench.out().println("weights  %s: %d loaded".formatted(file.path(), file.tensors().size()));
      return Optional.empty();
    }
    Import matched = Import.of(file, bench.techniques(), request(network.assembly()));
    network.begin(file, matched.transfer().sources());
    say(file, matched, bench);
    return Optional.of(matched.info().normalization());
  }

  private ImportRequest request(Assembly assembly) {
    return choice.request(assembly.spec(), null).withClasses(assembly.classes(), List.of());
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
    Normalization normalization = matched.info().normalization();
    if (!normalization.equals(Normalization.IMAGENET)) {
      bench
          .out()
          .println(
              "         images are normalised by mean %s and std %s, as these weights were trained with"
                  .formatted(normalization.mean(), normalization.deviation()));
    }
  }
}
