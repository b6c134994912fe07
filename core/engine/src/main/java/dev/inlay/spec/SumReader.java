package dev.inlay.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a weighted sum of objectives, by the grammar that {@link ObjectiveSpec} gives. */
final class SumReader {
  private static final String RULE =
      "a loss is a sum of objectives, as in 0.5*dice + cross-entropy";

  /**
   * A number with all that touches it, or a name. Unlike in networks, a name has no {@code +},
   * which separates terms, and a number has one only as a sign.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "[+-]?\\.?\\d[\\d.]*(?:[eE][+-]?\\d+)?[\\p{L}\\d._-]*|-?[\\p{L}._][\\p{L}\\d._-]*");

  private final TextReader reader;

  private SumReader(Source source) {
    this.reader = new TextReader(source);
  }

  static List<ParsedStage.Term> read(Source source) {
    return new SumReader(source).terms();
  }

  private List<ParsedStage.Term> terms() {
    List<ParsedStage.Term> terms = new ArrayList<>();
    do {
      terms.add(term());
    } while (reader.accept('+'));
    if (!reader.atEnd()) {
      String last = Source.shown(terms.get(terms.size() - 1).stage().name());
      throw reader.expected("'+' or the end of the loss after '" + last + "'");
    }
    return terms;
  }

  private ParsedStage.Term term() {
    Place word = reader.match(WORD);
    if (TextReader.empty(word)) {
      if (reader.atEnd() || reader.next('+')) {
        throw reader.error(reader.here(), "An objective is missing here; " + RULE);
      }
      throw reader.expected("a factor or the name of an objective");
    }
    String text = reader.text(word);
    if (!reader.accept('*')) {
      if (!Character.isLetter(text.codePointAt(0))) {
        throw reader.expected("'*' and an objective after the factor " + Source.shown(text));
      }
      return new ParsedStage.Term(null, reader.stage(word));
    }
    Place name = reader.match(WORD);
    if (TextReader.empty(name)) {
      throw reader.expected("the name of an objective after '*'");
    }
    return new ParsedStage.Term(new ParsedStage.Word(text, word), reader.stage(name));
  }
}
