package dev.inlay.cli.data;

import dev.inlay.InlayException;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Page;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.Sample;
import dev.inlay.data.SampleSource;
import dev.inlay.data.check.SplitFacts;
import dev.inlay.image.SideBySide;
import java.util.List;

/** A check as one page of HTML that needs no other file. */
final class CheckPage {
  private static final int SAMPLES = 8;
  private static final double OPACITY = 0.55;

  private final Page page;
  private final Dataset dataset;
  private final ClassList classes;

  private CheckPage(Dataset dataset) {
    this.dataset = dataset;
    this.classes = dataset.classes();
    page = new Page(dataset.info().name());
    line("<p>%s</p>", Page.escaped(dataset.folder().toString()));
  }

  static String html(Dataset dataset, List<SplitFacts> splits) {
    CheckPage page = new CheckPage(dataset);
    splits.forEach(page::split);
    return page.page.html();
  }

  private void line(String format, Object... values) {
    page.line(format, values);
  }

  private void split(SplitFacts facts) {
    line("<h2>%s</h2>", Page.escaped(facts.split()));
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
          Page.escaped(classes.name(id)),
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
                      each.kind().serious() ? " class=\"serious\"" : "",
                      Page.escaped(each.message())));
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
      line("<img alt=\"images and labels\" src=\"%s\">", Page.png(sheet.paintLabels()));
    }
  }
}
