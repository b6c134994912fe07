package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The sizes of a value and the type of its elements. */
record Shape(Tensor.Type type, List<Dim> dims) {

  int rank() {
    return dims.size();
  }

  /** The index of an axis, counted from 0. */
  int axis(int axis) {
    int place = axis < 0 ? axis + rank() : axis;
    Check.that(place >= 0 && place < rank(), "there is no axis %d in %s", axis, this);
    return place;
  }

  Dim dim(int axis) {
    return dims.get(axis(axis));
  }

  Shape with(int axis, Dim size) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis(axis), size);
    return new Shape(type, changed);
  }

  Shape of(Tensor.Type other) {
    return new Shape(other, dims);
  }

  Dim size() {
    return dims.stream().reduce(Dim.of(1), Dim::times);
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(",", "(", ")"));
  }
}
