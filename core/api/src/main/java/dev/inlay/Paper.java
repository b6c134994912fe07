package dev.inlay;

/**
 * Where a technique was published.
 *
 * @param title the paper's title
 * @param authors as in "Chen et al."
 * @param venue conference or journal with the year, as in "CVPR 2017"
 * @param url where it can be read
 */
public record Paper(String title, String authors, String venue, String url) {

  public Paper {
    Check.that(!title.isBlank(), "a paper needs a title");
    Check.that(url.startsWith("https://"), "the paper '" + title + "' needs a URL with https://");
  }

  /** A paper on arXiv, by its number. */
  public static Paper arxiv(String title, String authors, String venue, String number) {
    return new Paper(title, authors, venue, "https://arxiv.org/abs/" + number);
  }

  @Override
  public String toString() {
    return authors + ", " + title + ", " + venue + ", " + url;
  }
}
