package dev.inlay.spec;

import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Technique;
import dev.inlay.guard.Core;
import dev.inlay.guard.Guard;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a technique: the annotations of its class, and the file beside the class. Both
 * are read on demand.
 */
public final class Metadata {

  private static final ClassValue<TechniqueFile> FILES =
      new ClassValue<>() {
        @Override
        protected TechniqueFile computeValue(Class<?> technique) {
          return TechniqueFile.beside(technique);
        }
      };

  private final Class<?> technique;

  private Metadata(Class<?> technique) {
    this.technique = technique;
  }

  /** The metadata of a technique. */
  public static Metadata of(Technique<?> technique) {
    return new Metadata(technique.getClass());
  }

  /** What the technique computes, in one sentence; empty if it has no {@link Named}. */
  public String summary() {
    Named named = technique.getAnnotation(Named.class);
    return named == null ? "" : named.says();
  }

  /**
   * Where the technique was published; empty if it cites nothing.
   *
   * @throws dev.inlay.InlayException if its {@link Cites} has no title or no address
   */
  public Optional<Paper> paper() {
    @Nullable Cites cites = technique.getAnnotation(Cites.class);
    if (cites == null) {
      return Optional.empty();
    }
    Named named = technique.getAnnotation(Named.class);
    return Guard.call(
        named == null ? technique.getName() : named.value(),
        technique,
        Core.origin(technique),
        Core.VERSION,
        () -> Optional.of(Paper.of(cites)));
  }

  /** The file beside the technique's class; one without any section if there is no file. */
  public TechniqueFile file() {
    return FILES.get(technique);
  }

  /** A spec that uses the technique well; empty if its file has none. */
  public String example() {
    return file().example();
  }

  /**
   * Short forms: another name for the technique with some options set, such as {@code resnet50} for
   * {@code resnet(depth=50)}.
   */
  public Map<String, String> shortForms() {
    return file().shortForms();
  }

  /** Whole networks under names people know, such as {@code pspnet_r50-d8}. */
  public Map<String, String> presets() {
    return file().presets();
  }
}
