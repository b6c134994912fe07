package dev.inlay.data;

import dev.inlay.image.LabelMap;
import java.util.List;

/** Label maps of a split, read from file and checked at every request. */
final class FileLabels implements LabelSource {
  private final List<Sample> samples;
  private final LabelDecoder decoder;

  FileLabels(List<Sample> samples, LabelDecoder decoder) {
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
  public LabelMap read(int index) {
    return decoder.read(samples.get(index).labels());
  }
}
