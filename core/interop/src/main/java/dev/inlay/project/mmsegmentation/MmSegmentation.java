package dev.inlay.project.mmsegmentation;

import dev.inlay.reference.CheckpointTexts;
import dev.inlay.reference.ConfigurationReader;
import dev.inlay.reference.Layout;
import dev.inlay.reference.Project;
import java.util.List;
import java.util.Optional;

/** mmsegmentation, in its versions 0 and 1. */
public final class MmSegmentation implements Project {

  /** The project's name in references. */
  static final String NAME = "mmsegmentation";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Layout layout() {
    return new Layout("backbone.", "neck.", "decode_head.", "auxiliary_head.");
  }

  /** The keys of both versions, which keep the same texts under different keys. */
  @Override
  public CheckpointTexts texts() {
    return new CheckpointTexts(
        List.of("config", "meta.cfg", "meta.config", "cfg"),
        List.of("meta.dataset_meta.classes", "meta.CLASSES", "meta.classes"),
        List.of("meta.dataset_meta.palette", "meta.PALETTE", "meta.palette"));
  }

  @Override
  public Optional<ConfigurationReader> configurations() {
    return Optional.of(new MmConfigurations());
  }
}
