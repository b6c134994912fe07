package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.files.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the YAML form from the parser's events. No object is constructed by YAML's own rules, and
 * anchors, aliases and tags are refused, so a file can neither expand nor run code.
 */
final class YamlReader {
  private static final String STAGE_FORM =
      "; a stage in YAML is a name, or a name with a map of options: - name: {option: value}";

  private final Source source;
  private final ParserImpl events;

  private YamlReader(Source source) {
    this.source = source;
    this.events = new ParserImpl(new StreamReader(source.text()), new LoaderOptions());
  }

  static List<ParsedStage> read(Source source) {
    try {
      return new YamlReader(source).stages();
    } catch (ReaderException e) {
      int at = source.text().offsetByCodePoints(0, e.getPosition());
      String code = String.format("U+%04X", e.getCodePoint());
      throw source.error(
          new Place(at, at + 1), "The character " + code + " may not stand in YAML; leave it out");
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      int at = mark == null ? 0 : source.text().offsetByCodePoints(0, mark.getIndex());
      throw source.error(new Place(at, at), "This is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new InlayException(Sentence.ended("This is not YAML: " + e.getMessage()), e);
    }
  }

  private List<ParsedStage> stages() {
    next(); // the stream begins
    Event root = next();
    if (root instanceof DocumentStartEvent) {
      root = next();
    }
    if (!(root instanceof SequenceStartEvent)) {
      throw error(root, "A spec in YAML is a list of stages, each begun with '- '");
    }
    List<ParsedStage> stages = new ArrayList<>();
    for (Event event = next(); !(event instanceof SequenceEndEvent); event = next()) {
      stages.add(stage(event));
    }
    next(); // the document ends
    Event rest = next();
    if (!(rest instanceof StreamEndEvent)) {
      throw error(rest, "A second YAML document begins here; a spec is one");
    }
    return stages;
  }

  private ParsedStage stage(Event event) {
    if (event instanceof SequenceStartEvent) {
      throw error(event, "A stage is a list here" + STAGE_FORM);
    }
    if (event instanceof ScalarEvent name) {
      return new ParsedStage(name(name), place(name), List.of());
    }
    Event key = next();
    if (!(key instanceof ScalarEvent name)) {
      throw error(key, "A stage is missing here" + STAGE_FORM);
    }
    ParsedStage stage = new ParsedStage(name(name), place(name), options(name.getValue(), next()));
    Event end = next();
    if (end instanceof ScalarEvent second) {
      String key2 = Source.shown(second.getValue());
      throw error(
          end,
          "The stage '%s' has a second key '%s'; indent options further than the name, and begin each stage with '- '"
              .formatted(stage.name(), key2));
    }
    if (!(end instanceof MappingEndEvent)) {
      throw error(end, "The name of a technique is a word" + STAGE_FORM);
    }
    return stage;
  }

  private String name(ScalarEvent event) {
    String name = event.getValue();
    if (name.isEmpty()) {
      throw error(event, "A stage is missing here" + STAGE_FORM);
    }
    if (!name.codePoints().allMatch(TextReader::inWord)) {
      throw error(
          event, "'" + Source.shown(name) + "' is not the name of a technique" + STAGE_FORM);
    }
    return name;
  }

  private List<ParsedStage.Option> options(String stage, Event event) {
    if (event instanceof ScalarEvent scalar && isNothing(scalar)) {
      return List.of();
    }
    if (!(event instanceof MappingStartEvent)) {
      throw error(event, "The options of '" + stage + "' are not a map" + STAGE_FORM);
    }
    List<ParsedStage.Option> options = new ArrayList<>();
    for (Event key = next(); !(key instanceof MappingEndEvent); key = next()) {
      if (!(key instanceof ScalarEvent name)) {
        throw error(key, "The name of an option of '" + stage + "' is a word");
      }
      options.add(new ParsedStage.Option(name.getValue(), place(name), value(name, next())));
    }
    return options;
  }

  private ParsedStage.Value value(ScalarEvent option, Event event) {
    if (event instanceof ScalarEvent scalar) {
      return word(option, scalar, place(option));
    }
    if (event instanceof MappingStartEvent) {
      throw error(
          event, "The option '" + shown(option) + "' holds a map; it may hold a value or a list");
    }
    List<ParsedStage.Word> words = new ArrayList<>();
    Event element = next();
    for (; !(element instanceof SequenceEndEvent); element = next()) {
      if (!(element instanceof ScalarEvent scalar)) {
        String what = element instanceof SequenceStartEvent ? "another list" : "a map";
        throw error(
            element, "The list of '" + shown(option) + "' holds " + what + "; it may hold values");
      }
      words.add(word(option, scalar, place(scalar)));
    }
    return new ParsedStage.Listing(words, new Place(place(event).from(), place(element).to()));
  }

  private ParsedStage.Word word(ScalarEvent option, ScalarEvent event, Place ifNothing) {
    if (isNothing(event)) {
      throw source.error(ifNothing, "The option '" + shown(option) + "' has no value");
    }
    return new ParsedStage.Word(event.getValue(), place(event));
  }

  private static boolean isNothing(ScalarEvent event) {
    return event.getValue().isEmpty() && event.isPlain();
  }

  private static String shown(ScalarEvent event) {
    return Source.shown(event.getValue());
  }

  private Event next() {
    Event event = events.getEvent();
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag() != null)
            || (event instanceof CollectionStartEvent start && start.getTag() != null);
    if (tagged) {
      throw error(event, "A spec has no YAML tags; leave out what begins with '!'");
    }
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor() != null)) {
      throw error(event, "A spec has no YAML anchors (&) and aliases (*); write the value itself");
    }
    return event;
  }

  private Place place(Event event) {
    String text = source.text();
    int from = text.offsetByCodePoints(0, event.getStartMark().getIndex());
    int to = text.offsetByCodePoints(0, event.getEndMark().getIndex());
    return new Place(from, to);
  }

  private InlayException error(Event event, String message) {
    return source.error(place(event), message);
  }
}
