package dev.inlay.cli.author;

import dev.inlay.files.Folders;
import dev.inlay.image.ContactSheet;
import dev.inlay.image.ImageFile;
import dev.inlay.image.RgbImage;
import dev.inlay.trace.Trace;
import dev.inlay.trace.TracedOperation;
import dev.inlay.trace.TracedStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The feature maps of a trace as pictures, one for each stage. */
final class FeatureSheets {

  private FeatureSheets() {}

  /** Writes the pictures and returns their files. */
  static List<Path> write(Trace trace, RgbImage image, Path folder) {
    Folders.make(folder);
    List<Path> files = new ArrayList<>();
    for (TracedStage stage : trace.stages()) {
      TracedStage.Maps maps = stage.maps();
      TracedOperation output = stage.output();
      if (maps != null && output != null && !stage.spec().isEmpty()) {
        Path file = folder.resolve("%d-%s.png".formatted(files.size() + 1, stage.name()));
        ImageFile.writePng(file, sheet(stage, maps, output, image).paint());
        files.add(file);
      }
    }
    return files;
  }

  private static ContactSheet sheet(
      TracedStage stage, TracedStage.Maps maps, TracedOperation output, RgbImage image) {
    long[] shape = maps.values().shape();
    int height = (int) shape[2];
    int width = (int) shape[3];
    boolean smaller = width < output.shape().get(3);
    String subtitle =
        "%d channels of %dx%d%s%s"
            .formatted(
                maps.channels(),
                output.shape().get(3),
                output.shape().get(2),
                maps.step() > 1 ? ", every %s of them".formatted(ordinal(maps.step())) : "",
                smaller ? ", averaged to %dx%d".formatted(width, height) : "");
    ContactSheet sheet = new ContactSheet(stage.spec(), subtitle, image, width, height);
    int size = width * height;
    for (int i = 0; i < shape[1]; i++) {
      sheet.add(
          "#" + i * maps.step(),
          Arrays.copyOfRange(maps.values().values(), i * size, (i + 1) * size));
    }
    return sheet;
  }

  private static String ordinal(int number) {
    boolean teen = number % 100 / 10 == 1;
    return number
        + switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
