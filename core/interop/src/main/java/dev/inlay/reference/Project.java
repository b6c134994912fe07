package dev.inlay.reference;

import dev.inlay.Reference;
import java.util.List;
import java.util.Optional;

/**
 * Another project whose networks Inlay reads, writes and compares: its parameter names, the
 * metadata of its checkpoints, and its configurations.
 *
 * <p>A project is one package below {@code dev.inlay.project} and one line in {@code
 * META-INF/services/dev.inlay.reference.Project}; no other file refers to it. {@linkplain Reference
 * References} map stages to the parts of its networks: those of techniques that name the project,
 * and the project's own.
 */
public interface Project {

  /** The name in references and in {@code inlay export --names}, such as {@code torchvision}. */
  String name();

  /** The prefixes of parameter names in its state dicts. */
  Layout layout();

  /**
   * The project's own references: by default those in the resource {@code <name>.yaml} beside its
   * class.
   */
  default List<Reference> references() {
    return ReferenceFile.beside(getClass(), name());
  }

  /** The metadata keys of its checkpoints; none by default. */
  default CheckpointTexts texts() {
    return CheckpointTexts.NONE;
  }

  /** The colour order and normalisation if neither a checkpoint nor a configuration gives them. */
  default PixelConvention pixels() {
    return PixelConvention.IMAGENET;
  }

  /** The reader of its configurations; empty if Inlay reads none. */
  default Optional<ConfigurationReader> configurations() {
    return Optional.empty();
  }
}
