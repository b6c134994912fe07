package dev.inlay.spec;

import dev.inlay.Check;
import dev.inlay.Cites;

/**
 * Where a technique was published.
 *
 * @param title the paper's title
 * @param authors as in "Chen et al."
 * @param venue conference or journal with the year, as in "CVPR 2017"
 * @param url where it can be read
 */
public record Paper(String title, String authors, String venue, String url) {

  private static final String ARXIV = "https://arxiv.org/abs/";

  public Paper {
    Check.that(!title.isBlank(), "A paper has no title. Name it in @Cites.");
    Check.that(
        url.startsWith("https://"),
        "The paper '%s' has the address '%s'. Give @Cites an arxiv number, or a url with https://.",
        title,
        url);
  }

  static Paper of(Cites cites) {
    Check.that(
        cites.arxiv().isBlank() || cites.url().isBlank(),
        "The paper '%s' has both an arxiv number and a url. Keep one of them.",
        cites.title());
    String url = cites.arxiv().isBlank() ? cites.url() : ARXIV + cites.arxiv();
    return new Paper(cites.title(), cites.authors(), cites.venue(), url);
  }

  @Override
  public String toString() {
    return authors + ", " + title + ", " + venue + ", " + url;
  }
}
