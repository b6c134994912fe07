package dev.inlay;

import java.util.List;

/**
 * A part of another implementation, by its name in the code and checkpoints of that implementation.
 * A {@link Reference} names the stages that compute the same.
 *
 * <p>A technique knows a project by its name alone, such as {@code mmsegmentation}. The reader of
 * references knows the forms of the project's configurations and checkpoints.
 */
@Provided
public sealed interface Counterpart {

  /** The place of a part in the networks of its project. */
  enum Role {
    BACKBONE,
    NECK,
    HEAD,
    /** A head beside the main path, for training only. */
    AUXILIARY,
    /** A named module or function inside one of the other parts. */
    MODULE
  }

  /**
   * A part of a project's networks.
   *
   * @param project the project's name
   * @param role the place of the part in a network
   * @param types the project's type name; several for a cascade of heads, in order
   */
  record OfProject(String project, Role role, List<String> types) implements Counterpart {

    public OfProject {
      types = List.copyOf(types);
      if (types.isEmpty() || types.size() > 1 && role != Role.HEAD) {
        throw new InlayException(
            "A counterpart in %s names %d types. Give a %s one type; only a cascade of heads has several."
                .formatted(project, types.size(), role.name().toLowerCase(java.util.Locale.ROOT)));
      }
    }

    @Override
    public String toString() {
      return (role == Role.AUXILIARY ? "auxiliary " : "") + String.join("+", types);
    }
  }

  /**
   * A class that its authors publish in a source file, without the conventions of a project.
   *
   * @param file the file's name without its folder, {@code spnet.py}
   * @param name the class, {@code SPHead}
   */
  record SourceClass(String file, String name) implements Counterpart {

    @Override
    public String toString() {
      return file + ":" + name;
    }
  }

  /** A backbone of a project. */
  static Counterpart backbone(String project, String type) {
    return new OfProject(project, Role.BACKBONE, List.of(type));
  }

  /** A neck of a project: a part between the backbone and the head. */
  static Counterpart neck(String project, String type) {
    return new OfProject(project, Role.NECK, List.of(type));
  }

  /** A head of a project, or a cascade of heads, each of which refines the logits before it. */
  static Counterpart head(String project, String... types) {
    return new OfProject(project, Role.HEAD, List.of(types));
  }

  /** A head of a project in its role beside the main path, for training only. */
  static Counterpart auxiliary(String project, String type) {
    return new OfProject(project, Role.AUXILIARY, List.of(type));
  }

  /** A module or function inside a part of a project. */
  static Counterpart module(String project, String type) {
    return new OfProject(project, Role.MODULE, List.of(type));
  }

  /** A class in a source file that its authors publish. */
  static Counterpart sourceClass(String file, String name) {
    return new SourceClass(file, name);
  }
}
