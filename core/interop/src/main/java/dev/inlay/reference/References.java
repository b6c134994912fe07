package dev.inlay.reference;

import dev.inlay.Counterpart;
import dev.inlay.Counterpart.OfProject;
import dev.inlay.Counterpart.Role;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.guard.Guard;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.Suggestions;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The references of techniques, by technique and by counterpart; each is read on first use. */
public final class References {

  private static final Set<Role> WHOLE = EnumSet.of(Role.BACKBONE, Role.NECK, Role.HEAD);

  private static final List<Reference> OF_PROJECTS =
      Projects.all().stream().flatMap(project -> project.references().stream()).toList();

  private final Techniques techniques;
  private final String wayOut;
  private final Map<Technique<?>, List<Reference>> byTechnique = new IdentityHashMap<>();
  private final Map<Counterpart, Reference> all = new HashMap<>();

  private References(Techniques techniques, String wayOut) {
    this.techniques = techniques;
    this.wayOut = wayOut;
  }

  /**
   * The references of techniques.
   *
   * @param wayOut the way out, for messages about a counterpart without a technique
   */
  public static References of(Techniques techniques, String wayOut) {
    return new References(techniques, wayOut);
  }

  /**
   * The references of a technique: those in its Java code, those in the resource beside its class,
   * and those of projects whose stages name it.
   */
  public List<Reference> of(Technique<?> technique) {
    return byTechnique.computeIfAbsent(technique, this::read);
  }

  private List<Reference> read(Technique<?> technique) {
    List<Reference> references =
        new ArrayList<>(Guard.answer(technique, "references", technique::references));
    references.addAll(ReferenceFile.of(Metadata.of(technique).file()));
    for (Reference each : OF_PROJECTS) {
      if (names(each).contains(technique.name())) {
        references.add(each);
      }
    }
    return references;
  }

  /** The names of the techniques of a reference's stages. */
  List<String> names(Reference reference) {
    return new SpecTemplate(reference.stages())
        .techniques().stream()
            .map(name -> techniques.find(name).map(Technique::name).orElse(name))
            .toList();
  }

  /** The reference to a counterpart; empty if no technique has one. */
  public Optional<Reference> find(Counterpart counterpart) {
    return Optional.ofNullable(all().get(counterpart));
  }

  /**
   * The reference to a counterpart.
   *
   * @throws InlayException if there is none; the message lists those of the same project, or all
   *     source classes
   */
  public Reference get(Counterpart counterpart) {
    return find(counterpart).orElseThrow(() -> unknown(counterpart));
  }

  /** The reference to a part of a project that a configuration names by its type alone. */
  public Reference get(String project, String type) {
    for (Role role : List.of(Role.BACKBONE, Role.NECK, Role.HEAD, Role.MODULE)) {
      Optional<Reference> found = find(new OfProject(project, role, List.of(type)));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw unknown(Counterpart.head(project, type));
  }

  /** Of two techniques that name the same counterpart, the first counts. */
  private Map<Counterpart, Reference> all() {
    if (all.isEmpty()) {
      for (Technique<?> technique : techniques.all()) {
        of(technique).forEach(each -> all.putIfAbsent(each.counterpart(), each));
      }
    }
    return all;
  }

  private InlayException unknown(Counterpart counterpart) {
    Predicate<Counterpart> alike =
        counterpart instanceof OfProject part
            ? each -> each instanceof OfProject other && isWhole(other, part.project())
            : Counterpart.SourceClass.class::isInstance;
    Set<String> known = new TreeSet<>();
    all().keySet().stream().filter(alike).forEach(each -> known.add(each.toString()));
    return new InlayException(
        "No technique corresponds to the reference '%s'.%s Known references: %s. %s"
            .formatted(
                counterpart,
                Suggestions.didYouMean(counterpart.toString(), known),
                String.join(", ", known),
                wayOut));
  }

  private static boolean isWhole(OfProject part, String project) {
    return part.project().equals(project) && WHOLE.contains(part.role());
  }
}
