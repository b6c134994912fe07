package dev.inlay.pickle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stack of the pickle machine and its marks, both of bounded size. */
final class PickleStack {
  private static final int DEEPEST = 1_000_000;

  private final FileErrors errors;
  private final ArrayList<Value> values = new ArrayList<>();
  private int[] marks = new int[16];
  private int markCount;

  PickleStack(FileErrors errors) {
    this.errors = errors;
  }

  void push(Value value) {
    if (values.size() >= DEEPEST) {
      throw tooDeep();
    }
    values.add(value);
  }

  Value pop() {
    requireOne();
    return values.remove(values.size() - 1);
  }

  Value top() {
    requireOne();
    return values.get(values.size() - 1);
  }

  void mark() {
    if (markCount >= DEEPEST) {
      throw tooDeep();
    }
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, markCount * 2);
    }
    marks[markCount++] = values.size();
  }

  /** Whether nothing was pushed since the last mark. */
  boolean atMark() {
    return markCount > 0 && marks[markCount - 1] == values.size();
  }

  /** Removes the values since the last mark, and the mark itself. */
  List<Value> popToMark() {
    if (markCount == 0) {
      throw errors.damaged("its pickle lacks a mark.");
    }
    List<Value> above = values.subList(marks[--markCount], values.size());
    List<Value> popped = List.copyOf(above);
    above.clear();
    return popped;
  }

  private void requireOne() {
    int floor = markCount == 0 ? 0 : marks[markCount - 1];
    if (values.size() <= floor) {
      throw errors.damaged("its pickle pops more values from its stack than it pushes.");
    }
  }

  private RuntimeException tooDeep() {
    return errors.damaged(
        "its pickle pushes more than %d values on its stack; no checkpoint needs as many."
            .formatted(DEEPEST));
  }
}
