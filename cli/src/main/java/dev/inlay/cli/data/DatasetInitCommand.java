package dev.inlay.cli.data;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.Dataset;
import dev.inlay.data.layout.Layout;
import dev.inlay.files.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay dataset init}: writes the dataset.yaml that reads a folder in place. */
@Command(
    name = "init",
    description =
        "Writes the dataset.yaml that reads a folder in place. Without --like it looks at the folder"
            + " and prints what it would write.",
    footer = {
      "",
      "Forms: cityscapes, ade20k, voc, camvid, folders (images and masks, any names of classes).",
      "",
      "Examples:",
      "  inlay dataset init cityscapes --like cityscapes",
      "  inlay dataset init my-photos",
      "  inlay dataset init my-photos --like folders",
    })
public final class DatasetInitCommand implements Runnable {

  private final Workbench bench;

  @Parameters(paramLabel = "DIR", description = "The folder of images and label maps.")
  private Path folder = Path.of("");

  @Option(
      names = "--like",
      paramLabel = "FORM",
      description =
          "The form of the folder: cityscapes, ade20k, voc, camvid or folders; default: the first"
              + " that fits, which is printed and not written.")
  private @Nullable String like;

  @Option(names = "--overwrite", description = "Replaces a dataset.yaml that is there.")
  private boolean overwrite;

  public DatasetInitCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.that(
        Files.isDirectory(folder),
        "%s is no folder. Name the folder that holds the images and label maps.",
        folder);
    if (like == null) {
      propose();
      return;
    }
    Layout layout = Layout.named(like);
    Path file = folder.resolve(Dataset.DESCRIPTOR);
    Check.that(
        overwrite || !Files.exists(file),
        "%s is there already. Remove it, or add --overwrite.",
        file);
    String yaml =
        layout
            .yaml(folder)
            .orElseThrow(
                () ->
                    new InlayException(
                        "%s does not look like %s: it has no %s. Name the folder that has them."
                            .formatted(folder, layout.name(), layout.needs())));
    Dataset dataset = Dataset.described(folder, yaml);
    // Only what can be read is written.
    String counts = counts(dataset);
    WholeFile.writeText(file, yaml);
    bench.out().println(file + " reads " + counts);
    bench.out().println("Go on with:");
    bench.out().println("  inlay dataset check " + TerminalText.argument(folder));
  }

  private void propose() {
    for (Layout layout : Layout.all()) {
      Optional<String> yaml = layout.yaml(folder);
      if (yaml.isPresent()) {
        String counts = counts(Dataset.described(folder, yaml.get()));
        bench.out().print(yaml.get());
        bench.out().flush();
        bench.err().println("It looks like '" + layout.name() + "': " + counts);
        bench
            .err()
            .println(
                "To write it: inlay dataset init %s --like %s"
                    .formatted(TerminalText.argument(folder), layout.name()));
        return;
      }
    }
    Table forms = new Table();
    Layout.all().forEach(each -> forms.row(each.name(), each.needs()));
    throw new InlayException(
        "%s looks like none of the known forms. Write a dataset.yaml by hand, or arrange the files as one of:\n%s"
            .formatted(folder, forms.text("  ").stripTrailing()));
  }

  private static String counts(Dataset dataset) {
    List<String> counts =
        dataset.info().splits().keySet().stream()
            .map(
                split ->
                    "%d images in '%s'".formatted(dataset.paired(split).samples().size(), split))
            .toList();
    return "%d classes, %s."
        .formatted(dataset.classes().size(), counts.stream().collect(Collectors.joining(", ")));
  }
}
