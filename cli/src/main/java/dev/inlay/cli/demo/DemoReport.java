package dev.inlay.cli.demo;

import dev.inlay.assemble.Costs;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.evaluate.Scores;
import dev.inlay.guard.Core;
import dev.inlay.train.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The demo's report as one HTML page without other files.
 *
 * @param costs of the network for one scene
 * @param scores on the unseen scenes
 * @param seconds that the training took
 * @param scenes how many unseen scenes there were
 * @param folder where the demo wrote its files
 */
record DemoReport(
    Costs costs,
    ClassList classes,
    Scores scores,
    TrainingPlan plan,
    double seconds,
    int scenes,
    Path folder,
    BufferedImage overlays,
    BufferedImage curves) {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** The page. */
  String html() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("miou", NumberText.percent(scores.meanIou()));
    values.put("pixelAccuracy", NumberText.percent(scores.pixelAccuracy()));
    values.put("meanAccuracy", NumberText.percent(scores.meanAccuracy()));
    values.put("parameters", NumberText.grouped(costs.total().parameters()));
    values.put("parametersInference", NumberText.grouped(costs.total().parametersInference()));
    values.put("macs", macs(costs.total()));
    values.put("time", NumberText.duration(seconds));
    values.put("scenes", Integer.toString(scenes));
    values.put("classes", classRows());
    values.put("spec", escaped(spec("\n| ")));
    values.put("stages", stageRows());
    values.put("input", DemoCommand.HEIGHT + "x" + DemoCommand.WIDTH + " pixels");
    values.put("plan", escaped(learning()));
    values.put("predict", escaped(prediction()));
    values.put("overlays", embedded(overlays));
    values.put("curves", embedded(curves));
    values.put("version", escaped(Core.VERSION));
    return PLACE
        .matcher(template())
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(values.get(place.group(1)), place.group(1))));
  }

  private String spec(String separator) {
    return costs.stages().stream().map(Costs.Stage::spec).collect(Collectors.joining(separator));
  }

  private String classRows() {
    long all = Math.max(1, scores.pixels());
    StringBuilder rows = new StringBuilder();
    for (int id = 0; id < classes.size(); id++) {
      LabelClass each = classes.classes().get(id);
      Scores.OfClass score = scores.classes().get(id);
      double width = Double.isNaN(score.iou()) ? 0 : 100 * score.iou();
      rows.append(
          String.format(
              Locale.ROOT,
              """
              <tr><td><span class="swatch" style="background: %s"></span>%s</td>\
              <td><span class="bar"><i style="width: %.1f%%; background: %s"></i></span></td>\
              <td class="n">%s</td><td class="n">%s</td><td class="n">%s</td></tr>
              """,
              each.hex(),
              escaped(each.name()),
              width,
              each.hex(),
              NumberText.percent(score.iou()),
              NumberText.percent(score.accuracy()),
              NumberText.percent((double) score.pixels() / all)));
    }
    return rows.toString();
  }

  private String stageRows() {
    StringBuilder rows = new StringBuilder();
    for (Costs.Stage stage : costs.stages()) {
      List<Long> coarsest = stage.outputs().get(stage.outputs().size() - 1);
      rows.append(
          """
          <tr><td><code>%s</code></td><td>%s</td><td class="n">%s</td><td class="n">%s</td>\
          <td class="n">%s</td></tr>
          """
              .formatted(
                  escaped(stage.spec()),
                  coarsest.stream()
                      .skip(1)
                      .map(String::valueOf)
                      .collect(Collectors.joining(" \u00d7 ")),
                  NumberText.grouped(stage.sum().parameters()),
                  NumberText.grouped(stage.sum().parametersInference()),
                  macs(stage.sum())));
    }
    return rows.toString();
  }

  private static String macs(Costs.Sum sum) {
    return NumberText.scaled(sum.convMacs() + sum.attentionMacs());
  }

  private String learning() {
    return String.format(
        Locale.ROOT,
        "%d steps of %d crops of %dx%d pixels, the optimizer %s, a %s, seed %d.",
        plan.iterations(),
        plan.batch(),
        plan.augmentation().height(),
        plan.augmentation().width(),
        plan.optimizer(),
        plan.schedule(),
        plan.seed());
  }

  private String prediction() {
    Path model = folder.resolve(DemoCommand.MODEL);
    return "inlay predict --model " + TerminalText.argument(model) + " IMAGE... --out predictions";
  }

  private static String embedded(BufferedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(picture, "png", to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String template() {
    try (InputStream page = DemoReport.class.getResourceAsStream("report.html")) {
      return new String(
          Objects.requireNonNull(page, "report.html").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
