package dev.inlay.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A tuple, a list or a set; a set's items are neither compared nor counted once. */
public final class Sequence implements Value {
  private final Form form;
  private final ArrayList<Value> items;

  /** Which of Python's containers it is. */
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
