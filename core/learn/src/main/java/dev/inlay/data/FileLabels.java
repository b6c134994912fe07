package dev.inlay.data;

import dev.inlay.image.LabelMap;
import java.util.List;

/** Label maps of a split, read from file and checked at every request. */
final class FileLabels implements LabelSource {
  private final List<Sample> samples;
  private final ClassList classes;

  FileLabels(List<Sample> samples, ClassList classes) {
    this.samples = samples;
    this.classes = classes;
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public String name(int index) {
    return samples.get(index).name();
  }

  @Override
  public LabelMap read(int index) {
    Sample sample = samples.get(index);
    LabelMap labels = LabelMap.read(sample.labels());
    LabelCheck.ids(labels, sample.labels(), classes, Dataset.DESCRIPTOR);
    return labels;
  }
}
