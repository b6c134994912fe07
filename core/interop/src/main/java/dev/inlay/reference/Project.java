package dev.inlay.reference;

import dev.inlay.Reference;
import java.util.List;
import java.util.Optional;

/**
 * Another project whose networks are read, written and compared here: how its checkpoints name
 * parameters, what they say of themselves, and how its configurations describe networks.
 *
 * <p>A project is one package below {@code dev.inlay.project} and one line in {@code
 * META-INF/services/dev.inlay.reference.Project}; no other file knows it. Which stages are which
 * part of its networks, {@linkplain Reference references} say: those that techniques have under its
 * name, and its own.
 */
public interface Project {

  /** The name in references and in {@code inlay export --names}, such as {@code torchvision}. */
  String name();

  /** Where the parts of its networks lie in its state dicts. */
  Layout layout();

  /**
   * The references that stand with the project rather than with a technique: by default those in
   * the resource {@code <name>.yaml} beside its class.
   */
  default List<Reference> references() {
    return ReferenceFile.beside(getClass(), name());
  }

  /** The texts in which its checkpoints say what they are; none by default. */
  default CheckpointTexts texts() {
    return CheckpointTexts.NONE;
  }

  /** How its networks see an image where neither a checkpoint nor a configuration says it. */
  default PixelConvention pixels() {
    return PixelConvention.IMAGENET;
  }

  /** What reads its configurations; empty if it has none that are read. */
  default Optional<ConfigurationReader> configurations() {
    return Optional.empty();
  }
}
