package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Figures;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Words;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.LabelCheck;
import dev.inlay.data.Sample;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.Folders;
import dev.inlay.image.LabelMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay dupsampling fit}: the weights W of the decoder, from the labels of a split. */
@Command(
    name = "fit",
    description =
        "Computes the weights W of the decoder dupsampling: the leading principal directions of the"
            + " blocks of labels. Says how much of the blocks they keep, and what upsampling with"
            + " them costs on other labels, beside bilinear interpolation at the same ratio.",
    footer = {
      "",
      "Labels alone are read, no images. An ignored pixel has no class; labels at the lower and",
      "right edge that fill no block are left out. Training takes the file with --weights.",
      "",
      "Examples:",
      "  inlay dupsampling fit --data camvid --ratio 8 --channels 64 --out w.safetensors",
      "  inlay train --network \"resnet50(stride=8) | auxiliary | dupsampling(code=64)\" \\",
      "      --weights w.safetensors --data camvid --out runs/dupsampling",
    })
final class DupsamplingFitCommand implements Runnable {

  /** The longest block for which all directions are found in reasonable time. */
  private static final int LARGEST = 4096;

  /** What was found, for JSON. */
  private record Found(
      String file,
      int ratio,
      int channels,
      int size,
      long blocks,
      double meanSquaredError,
      double kept,
      String valSplit,
      Map<String, @Nullable Double> miou,
      Map<String, @Nullable Double> pixelAccuracy) {}

  private final Workbench bench;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The dataset's folder.")
  private Path data = Path.of("");

  @Option(
      names = "--ratio",
      required = true,
      paramLabel = "N",
      description = "Rows and columns of a block: the stride of the map that is decoded.")
  private int ratio;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "Channels of the low-resolution prediction; ${DEFAULT-VALUE} without this.")
  private int channels = 64;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where W goes, as safetensors.")
  private Path out = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The labels that W comes from; ${DEFAULT-VALUE} without this.")
  private String split = "train";

  @Option(
      names = "--val-split",
      paramLabel = "NAME",
      description = "The labels to score on; ${DEFAULT-VALUE} without this.")
  private String valSplit = "val";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public DupsamplingFitCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.atLeast("--ratio", ratio, 1);
    Check.atLeast("--channels", channels, 1);
    Path folder = Objects.requireNonNullElse(out.toAbsolutePath().getParent(), out);
    Folders.check(folder);
    Dataset dataset = Dataset.open(data);
    LabelBlocks blocks = new LabelBlocks(ratio, dataset.classes());
    checkSize(dataset.classes().size());
    List<Sample> learned = dataset.split(split);
    List<Sample> heldOut = dataset.split(valSplit);

    BlockMoments moments = new BlockMoments(blocks);
    read("fitting", learned, blocks, moments::add);
    if (moments.count() == 0) {
      throw new InlayException(
          "The split '%s' of %s has no label in a whole block of %dx%d pixels. Take a smaller --ratio, or other labels."
              .formatted(split, data, ratio, ratio));
    }
    BlockCode code = moments.leading(channels);
    UpsamplingOracle oracle = new UpsamplingOracle(blocks, code);
    read("scoring", heldOut, blocks, oracle::add);
    Map<String, Scores> scores = new LinkedHashMap<>();
    scores.put("bilinear, from the label in each block's middle", oracle.sampled());
    scores.put("bilinear, from each class's share of a block", oracle.shared());
    scores.put("W, from " + channels + " channels", oracle.coded());
    Folders.make(folder);
    code.save(out, metadata(dataset, moments, code, oracle));
    if (json) {
      bench.out().println(Json.pretty(found(blocks, moments, code, oracle)));
    } else {
      print(dataset, blocks, moments, code, scores, learned.size(), heldOut.size());
    }
  }

  private void checkSize(int classes) {
    long size = (long) ratio * ratio * classes;
    Check.that(
        size <= LARGEST,
        "--ratio is %d, which with %d classes makes blocks of %d values; there may be %d. Take a smaller ratio."
            .formatted(ratio, classes, size, LARGEST));
    Check.that(
        channels <= size,
        "--channels is %d, but a block has only %d values (ratio %d, %d classes). Take fewer channels."
            .formatted(channels, size, ratio, classes));
  }

  private void read(
      String task, List<Sample> samples, LabelBlocks blocks, Consumer<LabelMap> taker) {
    ClassList classes = blocks.classes();
    try (Meter meter = Meter.of(task, samples.size(), bench.err())) {
      for (int i = 0; i < samples.size(); i++) {
        Sample sample = samples.get(i);
        LabelMap labels = LabelMap.read(sample.labels());
        LabelCheck.ids(labels, sample.labels(), classes, Dataset.DESCRIPTOR);
        if (blocks.rows(labels) > 0 && blocks.columns(labels) > 0) {
          taker.accept(labels);
        }
        meter.at(i + 1L, sample.name());
      }
    }
  }

  private Map<String, String> metadata(
      Dataset dataset, BlockMoments moments, BlockCode code, UpsamplingOracle oracle) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", "inlay-dupsampling");
    facts.put("ratio", String.valueOf(ratio));
    facts.put("classes", String.join(",", dataset.classes().names()));
    facts.put("blocks", String.valueOf(moments.count()));
    facts.put("meanSquaredError", String.valueOf(code.error()));
    facts.put("miou", String.valueOf(oracle.coded().meanIou()));
    return facts;
  }

  private Found found(
      LabelBlocks blocks, BlockMoments moments, BlockCode code, UpsamplingOracle oracle) {
    return new Found(
        out.toString(),
        ratio,
        channels,
        blocks.size(),
        moments.count(),
        code.error(),
        code.share(),
        valSplit,
        figures(oracle, Scores::meanIou),
        figures(oracle, Scores::pixelAccuracy));
  }

  private static Map<String, @Nullable Double> figures(
      UpsamplingOracle oracle, ToDoubleFunction<Scores> figure) {
    Map<String, @Nullable Double> figures = new LinkedHashMap<>();
    figures.put("bilinearMiddle", known(figure.applyAsDouble(oracle.sampled())));
    figures.put("bilinearShares", known(figure.applyAsDouble(oracle.shared())));
    figures.put("dupsampling", known(figure.applyAsDouble(oracle.coded())));
    return figures;
  }

  private static @Nullable Double known(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }

  private void print(
      Dataset dataset,
      LabelBlocks blocks,
      BlockMoments moments,
      BlockCode code,
      Map<String, Scores> scores,
      int learned,
      int heldOut) {
    Table facts = new Table();
    facts.row("data", dataset.info().name() + " in " + dataset.folder());
    facts.row(
        "blocks",
        "%s of %dx%d pixels and %d classes, %d values each, from %d label maps (%s)"
            .formatted(
                Figures.grouped(moments.count()),
                ratio,
                ratio,
                dataset.classes().size(),
                blocks.size(),
                learned,
                split));
    facts.row(
        "kept",
        String.format(
            Locale.ROOT,
            "%.2f %% of the squared values by %d directions; mean squared error %.3g",
            100 * code.share(),
            channels,
            code.error()));
    bench.out().println(facts.text(""));
    bench
        .out()
        .println(
            "Labels at 1/%d and back, on %d label maps (%s):".formatted(ratio, heldOut, valSplit));
    Table table = new Table(1, 2);
    table.row("upsampled by", "mIoU", "pixel accuracy");
    scores.forEach(
        (way, each) -> table.row(way, precise(each.meanIou()), precise(each.pixelAccuracy())));
    bench.out().println(table.text("  "));
    bench.out().println(out + " holds W. Go on with a network whose last map has stride " + ratio);
    bench.out().println("and dupsampling(code=" + channels + "):");
    bench
        .out()
        .println(
            "  inlay train --network SPEC --weights %s --data %s --out DIR"
                .formatted(Words.argument(out), Words.argument(data)));
  }

  /** Two decimals: the ways lie close together. */
  private static String precise(double fraction) {
    return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }
}
