package dev.inlay.cli.author;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.assemble.BatchStatistics;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.ProgramChoice;
import dev.inlay.cli.common.Workbench;
import dev.inlay.files.Folders;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.Network;
import dev.inlay.trace.Trace;
import dev.inlay.trace.TracedStage;
import dev.inlay.trace.Tracer;
import dev.inlay.train.Losses;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay trace}: what every stage and operation of a network computes from one image. */
@Command(
    name = "trace",
    description =
        "Runs one image through a network, operation by operation, and shows what each computes:"
            + " mean and spread (standard deviation) of the finite values, the share of zeros, NaNs,"
            + " infinities, its time and the memory of its result. Names the operation that makes"
            + " the first NaN or infinity, and the author's line.",
    footer = {
      "",
      "Values are those of a prediction; with --backward, those of a step of training: batch"
          + " statistics, dropout, and the image with its mirror image as a batch of two.",
      "",
      "Examples:",
      "  inlay trace \"resnet18 | ppm | fcn\" --image street.jpg --out maps",
      "  inlay trace runs/first/best.safetensors --image street.jpg --inside ppm",
      "  inlay trace pspnet_r50-d8 --input 3x128x128 --backward",
    })
public final class TraceCommand implements Runnable {

  private final Workbench bench;

  @Parameters(
      paramLabel = "SPEC|MODEL",
      arity = "0..1",
      description =
          "The network with initial parameters: a spec, a preset, or a YAML file; or a model's"
              + " safetensors file.")
  private String spec = "";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A model instead of SPEC; its metadata have the spec.")
  private @Nullable Path model;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "The image; default: one of coloured discs.")
  private @Nullable Path image;

  @Option(
      names = "--input",
      paramLabel = "SIZE",
      description =
          "Size that the image is scaled to, 3xHxW or Bx3xHxW; default: the image's own, without"
              + " --image 3x256x256.")
  private @Nullable String input;

  @Option(
      names = "--inside",
      paramLabel = "STAGE",
      description = "Shows the operations of this stage instead of a line for each stage.")
  private @Nullable String inside;

  @Option(
      names = "--backward",
      description = "Also the gradients of the training loss, from the loss backwards.")
  private boolean backward;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Labels of the image for --backward, a PNG of class ids; default: random ids.")
  private @Nullable Path labels;

  @Option(
      names = "--loss",
      paramLabel = "SPEC",
      description = "The loss of the logits for --backward; default: ${DEFAULT-VALUE}.")
  private String loss = Losses.DEFAULT;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes the feature maps of each stage's output as one PNG, up to 64 channels; default:"
              + " none.")
  private @Nullable Path out;

  @Mixin private final ProgramChoice program = new ProgramChoice();

  @Option(
      names = "--classes",
      paramLabel = "K",
      description = "Number of classes of SPEC; a model has its own; default: ${DEFAULT-VALUE}.")
  private int classes = 19;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the initial parameters; default: ${DEFAULT-VALUE}.")
  private long seed = 0;

  @Option(names = "--json", description = "Prints JSON, with every operation.")
  private boolean json;

  public TraceCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.that(
        labels == null || backward, "--labels is for --backward; leave it out or give both.");
    if (out != null) {
      Folders.check(out);
    }
    TraceSubject subject = TraceSubject.of(spec, model, classes, bench.techniques());
    if (inside != null) {
      requireStage(subject, inside);
    }
    TraceInput images = TraceInput.of(image, input, backward ? 2 : 1);
    Trace trace = trace(subject, images);
    List<Path> files = out == null ? List.of() : FeatureSheets.write(trace, images.first(), out);
    if (json) {
      bench.out().println(Json.pretty(TraceLines.of(trace)));
      return;
    }
    BatchSize size = images.size();
    bench.out().println(subject.assembly().spec());
    bench
        .out()
        .println(
            "%d classes, %dx3x%dx%d, %s\n"
                .formatted(
                    subject.assembly().classes(),
                    size.batch(),
                    size.height(),
                    size.width(),
                    backward ? "a step of training" : "prediction"));
    TracedStage stage =
        trace.stages().stream().filter(s -> s.name().equals(inside)).findFirst().orElse(null);
    bench.out().print(new TraceReport(trace, stage, backward).text());
    files.forEach(file -> bench.out().println("Feature maps: " + file));
  }

  private static void requireStage(TraceSubject subject, String name) {
    List<String> names = subject.assembly().stages().stream().map(stage -> stage.name()).toList();
    Check.that(
        names.contains(name) || name.equals(Trace.LOSS) || name.equals(Trace.IMAGE),
        "The network has no stage '%s'; it has %s.",
        name,
        String.join(", ", names));
  }

  private Trace trace(TraceSubject subject, TraceInput images) {
    BatchSize size = images.size();
    if (!backward) {
      try (Network network = subject.network(bench.options().device(), seed)) {
        return Tracer.prediction(
            network,
            program.options(false),
            images.pixels(),
            size,
            subject.normalization(),
            out != null);
      }
    }
    subject.assembly().requireCrop((int) size.height(), (int) size.width());
    BatchStatistics.require(subject.assembly(), size.batch(), size.height(), size.width());
    int known = subject.assembly().classes();
    ByteBuffer ids =
        labels == null
            ? images.randomLabels(known)
            : images.labels(labels, known, subject.ignored());
    Losses losses = losses(subject);
    try (Network network = subject.network(bench.options().device(), seed)) {
      return Tracer.training(
          network,
          losses.graph(),
          losses.total(),
          program.options(true),
          images.pixels(),
          ids,
          size,
          subject.normalization(),
          out != null);
    }
  }

  /**
   * The losses of the network.
   *
   * @throws InlayException if the loss is none or does not fit
   */
  private Losses losses(TraceSubject subject) {
    ObjectiveSpec objective = ObjectiveSpec.parse(loss, bench.techniques());
    return new Losses(subject.assembly(), objective, subject.ignored());
  }
}
