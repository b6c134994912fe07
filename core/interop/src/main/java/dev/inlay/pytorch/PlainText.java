package dev.inlay.pytorch;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.inlay.pickle.Dict;
import dev.inlay.pickle.Scalar;
import dev.inlay.pickle.Sequence;
import dev.inlay.pickle.Value;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values as JSON, up to a length and a depth, because a hostile value may be endless.
 */
final class PlainText {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final int DEEPEST = 16;

  private final int longest;
  private final StringBuilder text = new StringBuilder();
  private @Nullable String obstacle;

  private PlainText(int longest) {
    this.longest = longest;
  }

  /**
   * The text of a value, or the reason why it can't be written.
   *
   * @param text a string as it is, anything else as JSON
   * @param obstacle the kind of a part that is not plain, or null
   */
  record Rendering(String text, @Nullable String obstacle) {}

  /** Writes a value, up to about {@code longest} characters. */
  static Rendering of(Value value, int longest) {
    if (value instanceof Scalar scalar && scalar.content() instanceof String text) {
      return new Rendering(text, null);
    }
    PlainText writer = new PlainText(longest);
    writer.write(value, 0);
    return new Rendering(writer.text.toString(), writer.obstacle);
  }

  // DEEPEST bounds the recursion.
  private void write(Value value, int depth) {
    if (text.length() > longest || depth > DEEPEST) {
      obstacle = "more than is read";
    } else if (value instanceof Scalar scalar) {
      text.append(json(scalar));
    } else if (value instanceof Sequence sequence) {
      Stream<Runnable> items = sequence.items().stream().map(item -> () -> write(item, depth + 1));
      writeAll('[', items.iterator(), ']');
    } else if (value instanceof Dict dict && dict.otherKeys() == 0) {
      Stream<Runnable> items =
          dict.entries().entrySet().stream().map(entry -> () -> writeEntry(entry, depth));
      writeAll('{', items.iterator(), '}');
    } else {
      obstacle = value.kind();
    }
  }

  private void writeEntry(Map.Entry<Object, Value> entry, int depth) {
    Object key = entry.getKey();
    String name = key instanceof String string ? string : json(new Scalar(key));
    text.append(GSON.toJson(name)).append(':');
    write(entry.getValue(), depth + 1);
  }

  private void writeAll(char open, Iterator<Runnable> items, char close) {
    text.append(open);
    String separator = "";
    while (items.hasNext() && obstacle == null) {
      text.append(separator);
      items.next().run();
      separator = ",";
    }
    text.append(close);
  }

  private static String json(Scalar scalar) {
    Object content = scalar.content();
    if (content == Scalar.Nothing.NONE) {
      return "null";
    }
    boolean endless = content instanceof Double number && (number.isNaN() || number.isInfinite());
    return GSON.toJson(endless ? content.toString() : content);
  }
}
