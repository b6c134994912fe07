package dev.inlay.data;

import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.util.List;

/** Samples of a split, read from file and checked at every request. */
final class FileSamples implements SampleSource {
  private final List<Sample> samples;
  private final ClassList classes;

  FileSamples(List<Sample> samples, ClassList classes) {
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
  public LabelledImage read(int index) {
    Sample sample = samples.get(index);
    RgbImage image = ImageFile.read(sample.image());
    LabelMap labels = LabelMap.read(sample.labels());
    LabelCheck.size(labels, sample.labels(), image, sample.image());
    LabelCheck.ids(labels, sample.labels(), classes, Dataset.DESCRIPTOR);
    return new LabelledImage(image, labels);
  }
}
