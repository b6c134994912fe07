package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.cli.common.TensorChoice;
import dev.inlay.cli.common.Workbench;
import dev.inlay.reference.Import;
import dev.inlay.reference.ImportRequest;
import dev.inlay.reference.InitialWeights;
import dev.inlay.reference.Transfer;
import dev.inlay.torch.Network;
import dev.inlay.train.InitSpec;
import dev.inlay.train.ParameterNames;
import dev.inlay.weights.Normalization;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The initial weights of a training, read from files. */
final class WeightsOptions {

  private static final String INIT = "--init";

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Initial weights: a model, a PyTorch checkpoint, another project's safetensors, or the file"
              + " of inlay prepare; may be repeated; default: random weights. A parameter that no file"
              + " has is refused unless --reset or --backbone-only names it, or the file is of a"
              + " part.")
  private List<Path> files = List.of();

  @Option(
      names = INIT,
      paramLabel = "INIT",
      description =
          "Initial values of parameters that no file gives: reference (as each technique's"
              + " reference), pytorch (classifiers as PyTorch begins convolutions, instead of a"
              + " deviation of 0.01), or rules as in \"ppm: normal(0.02); conv_seg: pytorch\";"
              + " default: reference.")
  private @Nullable String init;

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
   * The initial values of parameters that no file gives.
   *
   * @throws InlayException if --init is written wrongly or has no parameter
   */
  InitSpec init(ParameterNames names) {
    return InitSpec.parse(INIT, init == null ? InitSpec.REFERENCE : init, names);
  }

  /**
   * Loads the files into the network, and prints which tensors were loaded.
   *
   * @return the normalisation of images that the last file records; ImageNet's if none does
   */
  Normalization begin(Network network, Workbench bench) {
    Normalization normalization = Normalization.IMAGENET;
    Assembly assembly = network.assembly();
    for (Path file : files) {
      ImportRequest request =
          choice.request(assembly.spec(), null).withClasses(assembly.classes(), List.of());
      InitialWeights weights = InitialWeights.load(file, network, bench.techniques(), request);
      say(weights, bench);
      normalization = weights.normalization().orElse(normalization);
    }
    return normalization;
  }

  private static void say(InitialWeights weights, Workbench bench) {
    weights
        .matched()
        .ifPresentOrElse(
            matched -> say(weights, matched, bench),
            () ->
                bench
                    .out()
                    .println("weights  %s: %d loaded".formatted(weights.file(), weights.loaded())));
  }

  private static void say(InitialWeights weights, Import matched, Workbench bench) {
    Transfer transfer = matched.transfer();
    bench
        .out()
        .println(
            "weights  %s: %d loaded by %s's names, %d left out, %d begin fresh"
                .formatted(
                    weights.file(),
                    weights.loaded(),
                    transfer.names(),
                    transfer.leftOut().size(),
                    transfer.missing().size() + transfer.reset().size()));
    transfer
        .leftOut()
        .forEach(
            tensor ->
                bench.out().println("         left out " + tensor.name() + " " + tensor.shape()));
    if (!matched.turned().isEmpty()) {
      bench
          .out()
          .println(
              "         trained on %s: the input channels of %s are turned to red, green, blue"
                  .formatted(
                      matched.pixels().convention().order().words(),
                      String.join(", ", matched.turned())));
    }
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
