package dev.inlay.contract;

import dev.inlay.Objective;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.Paper;
import java.util.Optional;
import java.util.regex.Pattern;

/** Users look a technique's paper up; a loss may be older than all papers. */
final class CitesPaper implements Rule {

  private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public String says() {
    return "The technique cites its paper with title, authors, venue and year, and address.";
  }

  @Override
  public Verdict check(Subject subject) {
    Optional<Paper> cited = Metadata.of(subject.technique()).paper();
    if (cited.isEmpty()) {
      return subject.technique() instanceof Objective
          ? Verdict.doesNotApply("An objective need not cite a paper.")
          : failed("There is no @Cites.");
    }
    Paper paper = cited.get();
    if (paper.title().isBlank()) {
      return failed("The title is empty.");
    }
    if (paper.authors().isBlank()) {
      return failed("The authors are empty.");
    }
    if (!YEAR.matcher(paper.venue()).find()) {
      return failed("The venue is '%s', without a year.".formatted(paper.venue()));
    }
    if (!paper.url().startsWith("https://")) {
      return failed("The address is '%s'; it must begin with https://.".formatted(paper.url()));
    }
    return Verdict.passed(paper.title());
  }

  private static Verdict failed(String found) {
    return Verdict.failed(
        "@Cites",
        found,
        "Write @Cites(arxiv = \"1412.7062\", title = \"...\", authors = \"Chen et al.\", venue = \"ICLR 2015\") before the class.",
        "");
  }
}
