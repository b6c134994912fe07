package dev.inlay.spec;

import dev.inlay.InlayException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the one-line form, by the grammar that {@link NetworkSpec} gives. */
final class TextReader {
  private final Source source;
  private final String text;
  private int at;

  TextReader(Source source) {
    this.source = source;
    this.text = source.text();
  }

  static List<ParsedStage> read(Source source) {
    return new TextReader(source).stages();
  }

  /** Reads the value of one option, and nothing after it. */
  static ParsedStage.Value readValue(Source source, String option) {
    TextReader reader = new TextReader(source);
    ParsedStage.Value value = reader.value(option);
    reader.skip();
    if (reader.at < reader.text.length()) {
      throw reader.expected("the end of the value");
    }
    return value;
  }

  private List<ParsedStage> stages() {
    List<ParsedStage> stages = new ArrayList<>();
    do {
      stages.add(stage());
    } while (accept('|'));
    if (at < text.length()) {
      String last = Source.shown(stages.get(stages.size() - 1).name());
      throw expected("'|' or the end of the spec after '" + last + "'");
    }
    return stages;
  }

  private ParsedStage stage() {
    Place place = word();
    if (empty(place)) {
      if (at == text.length() || text.charAt(at) == '|') {
        throw error(here(), "A stage is missing here; " + Kind.RULE);
      }
      throw expected("the name of a technique");
    }
    return stage(place);
  }

  /** Reads the options, if there are any, behind the name that stands at a place. */
  ParsedStage stage(Place place) {
    String name = text(place);
    return new ParsedStage(name, place, accept('(') ? options(name) : List.of());
  }

  private List<ParsedStage.Option> options(String stage) {
    List<ParsedStage.Option> options = new ArrayList<>();
    if (accept(')')) {
      return options;
    }
    do {
      noneAfterComma(')', "option", !options.isEmpty());
      options.add(option());
    } while (accept(','));
    if (!accept(')')) {
      throw expected("',' or ')' in the options of '" + Source.shown(stage) + "'");
    }
    return options;
  }

  private ParsedStage.Option option() {
    Place place = word();
    if (empty(place)) {
      throw expected("the name of an option");
    }
    String name = text.substring(place.from(), place.to());
    if (!accept('=')) {
      throw expected("'=' after '" + Source.shown(name) + "' (an option is written name=value)");
    }
    return new ParsedStage.Option(name, place, value(name));
  }

  private ParsedStage.Value value(String option) {
    String shown = Source.shown(option);
    skip();
    int from = at;
    if (!accept('[')) {
      return single(shown);
    }
    List<ParsedStage.Word> words = new ArrayList<>();
    if (!accept(']')) {
      do {
        noneAfterComma(']', "value", !words.isEmpty());
        words.add(single(shown));
      } while (accept(','));
      if (!accept(']')) {
        throw expected("',' or ']' in the list of '" + shown + "'");
      }
    }
    return new ParsedStage.Listing(words, new Place(from, at));
  }

  private ParsedStage.Word single(String option) {
    skip();
    int from = at;
    if (accept('\'')) {
      return quoted(from);
    }
    Place place = word();
    if (empty(place)) {
      if (at < text.length() && text.charAt(at) == '[') {
        throw error(here(), "The list of '" + option + "' holds another list; it may hold values");
      }
      throw expected("a value for '" + option + "'");
    }
    return new ParsedStage.Word(text.substring(place.from(), place.to()), place);
  }

  private ParsedStage.Word quoted(int from) {
    StringBuilder inside = new StringBuilder();
    int end = text.indexOf('\'', at);
    while (end >= 0) {
      inside.append(text, at, end);
      at = end + 1;
      boolean doubled = at < text.length() && text.charAt(at) == '\'';
      if (!doubled) {
        return new ParsedStage.Word(inside.toString(), new Place(from, at));
      }
      inside.append('\'');
      at++;
      end = text.indexOf('\'', at);
    }
    throw error(new Place(from, from + 1), "The quote that opens here is not closed");
  }

  private Place word() {
    skip();
    int from = at;
    while (at < text.length() && inWord(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return new Place(from, at);
  }

  /** Whether a character may stand in a word that has no quotes. */
  static boolean inWord(int c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '+';
  }

  /** Reads what a pattern finds at this place; an empty place if it finds nothing. */
  Place match(Pattern pattern) {
    skip();
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    int from = at;
    at = matcher.lookingAt() ? matcher.end() : at;
    return new Place(from, at);
  }

  String text(Place place) {
    return text.substring(place.from(), place.to());
  }

  /** Whether a character stands next, which is not read. */
  boolean next(char c) {
    skip();
    return at < text.length() && text.charAt(at) == c;
  }

  boolean atEnd() {
    skip();
    return at == text.length();
  }

  static boolean empty(Place place) {
    return place.from() == place.to();
  }

  private void noneAfterComma(char close, String what, boolean afterComma) {
    skip();
    if (afterComma && at < text.length() && text.charAt(at) == close) {
      int comma = text.lastIndexOf(',', at);
      throw error(
          new Place(comma, comma + 1), "There is no " + what + " after this ','; leave it out");
    }
  }

  boolean accept(char c) {
    skip();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void skip() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at)))) {
      at++;
    }
  }

  Place here() {
    return new Place(at, at);
  }

  InlayException expected(String what) {
    Place found = word();
    if (found.from() == text.length()) {
      return error(found, "Expected %s, but the %s ends".formatted(what, source.what()));
    }
    int first = text.codePointAt(found.from());
    Place shown =
        empty(found) ? new Place(found.from(), found.from() + Character.charCount(first)) : found;
    String code = first < 128 ? "" : String.format(" (U+%04X)", first);
    String piece = Source.shown(text.substring(shown.from(), shown.to()));
    String quotes = first == '"' ? ". A text stands between single quotes, as in mode='same'" : "";
    return error(shown, "Expected %s, found '%s'%s%s".formatted(what, piece, code, quotes));
  }

  InlayException error(Place place, String message) {
    return source.error(place, message);
  }
}
