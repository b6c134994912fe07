package dev.inlay.data;

import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.util.List;

/** Samples of a split, read from file and checked at every request. */
final class FileSamples implements SampleSource {
  private final List<Sample> samples;
  private final LabelDecoder decoder;

  FileSamples(List<Sample> samples, LabelDecoder decoder) {
    this.samples = samples;
    this.decoder = decoder;
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
    LabelMap labels = decoder.read(sample.labels());
    LabelCheck.size(labels, sample.labels(), image, sample.image());
    return new LabelledImage(image, labels);
  }
}
