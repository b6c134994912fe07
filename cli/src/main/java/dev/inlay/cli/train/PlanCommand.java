package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.LabelCounts;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.Dataset;
import dev.inlay.data.Sample;
import dev.inlay.files.WholeFile;
import dev.inlay.image.ImageHeader;
import dev.inlay.torch.FreeMemory;
import dev.inlay.torch.Torch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay plan}: settings that fit a dataset and a machine, with reasons. */
@Command(
    name = "plan",
    description =
        "Looks at a dataset and writes a configuration file for inlay train that fits it and this"
            + " machine, with the reason beside each choice. Read it and change it.",
    footer = {
      "",
      "Examples:",
      "  inlay plan --data camvid",
      "  inlay plan --data camvid --memory 8GB --out camvid.yaml",
      "  inlay train --config camvid.yaml --out runs/camvid",
    })
public final class PlanCommand implements Runnable {

  private static final int MOST_HEADERS = 200;

  /** The share of the free memory that a training may take, unless told. */
  private static final double SHARE = 0.75;

  private static final long UNKNOWN = 4L << 30;

  private final Workbench bench;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The dataset's folder.")
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to train on; default: ${DEFAULT-VALUE}.")
  private String split = "train";

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory that training may take, as in 8GB; default: three quarters of what is free.")
  private @Nullable String memory;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write; default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("plan.yaml");

  @Option(names = "--overwrite", description = "Replaces the file if it exists.")
  private boolean overwrite;

  public PlanCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.that(
        overwrite || !Files.exists(out),
        "The file %s exists. Name another one with --out, or replace it with --overwrite.",
        out);
    long bytes = memory == null ? free() : MemorySize.parse("--memory", memory);
    Dataset dataset = Dataset.open(data);
    List<Sample> samples = dataset.split(split);
    if (samples.isEmpty()) {
      throw new InlayException(
          "The split '%s' of %s has no images. Name one that has some.".formatted(split, data));
    }
    LabelCounts counts = LabelReading.counts(dataset.labels(split), dataset.classes(), bench.err());
    Planned plan =
        Planned.of(
            bench.techniques(),
            dataset.classes(),
            headers(samples),
            samples.size(),
            counts,
            bytes,
            !Torch.device(bench.options().device()).equals("cpu"));
    String text = text(plan);
    WholeFile.writeText(out, text);
    bench.out().print(text);
    bench
        .out()
        .println(
            "\nGo on with:\n  inlay train --config %s --out runs/planned"
                .formatted(TerminalText.argument(out)));
  }

  private static long free() {
    return (long) (SHARE * FreeMemory.ofThisMachine().bytes().orElse(UNKNOWN));
  }

  private static List<ImageHeader> headers(List<Sample> samples) {
    List<ImageHeader> headers = new ArrayList<>();
    int step = Math.max(1, samples.size() / MOST_HEADERS);
    for (int i = 0; i < samples.size(); i += step) {
      headers.add(ImageHeader.read(samples.get(i).image()));
    }
    return headers;
  }

  private String text(Planned plan) {
    Map<String, Planned.Choice> all = new LinkedHashMap<>(plan.choices());
    all.put(
        "--data",
        new Planned.Choice(data.toAbsolutePath().normalize().toString(), "as named to the plan"));
    all.put("--split", new Planned.Choice(split, "as named to the plan"));
    return ConfigFile.commented(
        (option, key) -> {
          Planned.Choice choice = all.get(option);
          return choice == null
              ? new ConfigFile.Line(null, "as inlay train has it")
              : new ConfigFile.Line(choice.value(), choice.reason());
        });
  }
}
