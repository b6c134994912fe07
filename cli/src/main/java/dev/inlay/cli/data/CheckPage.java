package dev.inlay.cli.data;

import dev.inlay.InlayException;
import dev.inlay.cli.common.NumberText;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.Sample;
import dev.inlay.data.SampleSource;
import dev.inlay.data.check.SplitFacts;
import dev.inlay.image.SideBySide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A check as one page of HTML that needs no other file. */
final class CheckPage {
  private static final int SAMPLES = 8;
  private static final double OPACITY = 0.55;
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; color: #262b33 }
      table { border-collapse: collapse } td, th { padding: .2em .9em .2em 0; text-align: right }
      td:first-child, th:first-child { text-align: left } .bar { display: inline-block; height: .8em }
      .none, .serious { color: #b3261e } img { max-width: 100% } li { margin: .3em 0 }
      """;

  private final StringBuilder page = new StringBuilder();
  private final Dataset dataset;
  private final ClassList classes;

  private CheckPage(Dataset dataset) {
    this.dataset = dataset;
    this.classes = dataset.classes();
  }

  static String html(Dataset dataset, List<SplitFacts> splits) {
    CheckPage page = new CheckPage(dataset);
    page.head();
    splits.forEach(page::split);
    return page.page.append("</body></html>\n").toString();
  }

  private void line(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void head() {
    String name = escaped(dataset.info().name());
    line("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title>", name);
    page.append("<style>\n").append(STYLE).append("</style></head><body>\n");
    line("<h1>%s</h1><p>%s</p>", name, escaped(dataset.folder().toString()));
  }

  private void split(SplitFacts facts) {
    line("<h2>%s</h2>", escaped(facts.split()));
    line(
        "<p>%,d images, %s of the pixels ignored</p>",
        facts.images(), NumberText.percent(facts.ignoredShare()));
    line("<table><tr><th>class</th><th>pixels</th><th>share</th><th></th></tr>");
    long counted = Math.max(1, facts.counted());
    for (int id = 0; id < classes.size(); id++) {
      long pixels = facts.pixels().get(id);
      double share = (double) pixels / counted;
      line(
          "<tr%s><td>%s</td><td>%,d</td><td>%s</td><td style=\"text-align:left\"><span class=\"bar\" style=\"width:%.2fem;background:%s\"></span></td></tr>",
          pixels == 0 ? " class=\"none\"" : "",
          escaped(classes.name(id)),
          pixels,
          pixels == 0 ? "never" : NumberText.percent(share),
          20 * share,
          classes.classes().get(id).hex());
    }
    line("</table>");
    if (facts.problems().isEmpty()) {
      line("<p>Nothing is wrong with its files.</p>");
    } else {
      line("<h3>What is wrong</h3><ul>");
      facts
          .problems()
          .forEach(
              each ->
                  line(
                      "<li%s>%s</li>",
                      each.kind().serious() ? " class=\"serious\"" : "", escaped(each.message())));
      line("</ul>");
    }
    sheet(facts);
  }

  /** Images with their labels, evenly chosen; those that cannot be read are told above. */
  private void sheet(SplitFacts facts) {
    List<Sample> samples;
    try {
      samples = dataset.paired(facts.split()).samples();
    } catch (InlayException e) {
      return;
    }
    SampleSource source = dataset.samples(samples);
    SideBySide sheet = new SideBySide(classes, OPACITY);
    int shown = 0;
    int step = Math.max(1, samples.size() / SAMPLES);
    for (int i = 0; i < samples.size() && shown < SAMPLES; i += step) {
      try {
        LabelledImage sample = source.read(i);
        sheet.add(source.name(i), sample.image(), null, sample.labels());
        shown++;
      } catch (InlayException e) {
        continue; // It is among the problems.
      }
    }
    if (shown > 0) {
      line("<h3>Images and labels</h3>");
      line("<img alt=\"images and labels\" src=\"data:image/png;base64,%s\">", png(sheet));
    }
  }

  private static String png(SideBySide sheet) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(sheet.paintLabels(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
