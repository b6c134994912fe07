package dev.inlay.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A tuple, a list or a set. The items of a set are not compared, so duplicates stay. */
public final class Sequence implements Value {
  private final Form form;
  private final ArrayList<Value> items;

  /** The kind of the Python container. */
  enum Form {
    TUPLE,
    LIST,
    SET
  }

  Sequence(Form form, List<Value> items) {
    this.form = form;
    this.items = new ArrayList<>(items);
  }

  Form form() {
    return form;
  }

  public List<Value> items() {
    return items;
  }

  @Override
  public String kind() {
    return "a " + form.name().toLowerCase(Locale.ROOT);
  }
}
