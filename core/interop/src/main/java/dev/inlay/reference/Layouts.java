package dev.inlay.reference;

import dev.inlay.Backbone;
import dev.inlay.Counterpart.OfProject;
import dev.inlay.Counterpart.Role;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.reference.KeyMap.Place;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The naming schemes of a network's parameters in files: one for each project, one for a backbone
 * alone, and Inlay's own.
 */
public final class Layouts {

  /** The naming scheme of a published backbone, whose names have no prefix. */
  private static final String BACKBONE_ALONE = "a backbone alone";

  private static final String INLAY = "Inlay";

  private final Assembly assembly;
  private final References references;
  private final List<Stage<?>> stages;
  private final List<String> names;

  private Layouts(Assembly assembly, Techniques techniques) {
    this.assembly = assembly;
    references = References.of(techniques, "");
    stages = assembly.spec().stages();
    names = assembly.stages().stream().map(Assembly.Stage::name).toList();
  }

  /** All naming schemes, the likeliest first. */
  public static List<KeyMap> of(Assembly assembly, Techniques techniques) {
    return lazily(assembly, techniques).stream().map(Supplier::get).toList();
  }

  /** The naming scheme of a project. */
  public static KeyMap of(Project project, Assembly assembly, Techniques techniques) {
    return new Layouts(assembly, techniques).of(project);
  }

  /** The same schemes as {@link #of(Assembly, Techniques)}, each built on demand. */
  static List<Supplier<KeyMap>> lazily(Assembly assembly, Techniques techniques) {
    Layouts layouts = new Layouts(assembly, techniques);
    List<Supplier<KeyMap>> all = new ArrayList<>();
    Projects.all().forEach(project -> all.add(() -> layouts.of(project)));
    all.add(layouts::backboneAlone);
    all.add(() -> KeyMap.of(INLAY, assembly, Map.of()));
    return all;
  }

  private KeyMap backboneAlone() {
    Map<String, Place> places = new LinkedHashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).technique() instanceof Backbone) {
        places.put(names.get(i), new Place("", Map.of()));
      }
    }
    return KeyMap.of(BACKBONE_ALONE, assembly, places);
  }

  private KeyMap of(Project project) {
    Layout layout = project.layout();
    Map<String, Place> places = new LinkedHashMap<>();
    Map<Integer, Reference> auxiliaries = new LinkedHashMap<>();
    List<Integer> path = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Technique<?> technique = stages.get(i).technique();
      Optional<Reference> auxiliary = first(technique, project, Role.AUXILIARY);
      if (technique instanceof Backbone) {
        Map<String, String> renamed =
            first(technique, project, Role.BACKBONE).map(Reference::renamed).orElse(Map.of());
        places.put(names.get(i), new Place(layout.backbone(), renamed));
      } else if (auxiliary.isPresent()) {
        auxiliaries.put(i, auxiliary.get());
      } else {
        path.add(i);
      }
    }
    auxiliaries.forEach(
        (stage, reference) -> {
          String number =
              auxiliaries.size() == 1 ? "" : List.copyOf(auxiliaries.keySet()).indexOf(stage) + ".";
          places.put(names.get(stage), new Place(layout.auxiliary() + number, reference.renamed()));
        });
    placeHead(path, project, places);
    return KeyMap.of(project.name(), assembly, places);
  }

  /**
   * Places the longest run of final stages that is a head of the project; the stages before it are
   * necks.
   */
  private void placeHead(List<Integer> path, Project project, Map<String, Place> places) {
    for (int from = 0; from < path.size(); from++) {
      List<Integer> run = path.subList(from, path.size());
      Optional<Reference> head = whole(run, project, Role.HEAD);
      if (head.isPresent()) {
        Place place = new Place(project.layout().head(), head.get().renamed());
        run.forEach(stage -> places.put(names.get(stage), place));
        path.subList(0, from).forEach(stage -> placeNeck(stage, project, places));
        return;
      }
    }
  }

  private void placeNeck(int stage, Project project, Map<String, Place> places) {
    whole(List.of(stage), project, Role.NECK)
        .ifPresent(
            neck ->
                places.put(names.get(stage), new Place(project.layout().neck(), neck.renamed())));
  }

  /** The reference with exactly these stages, found with one of their techniques. */
  private Optional<Reference> whole(List<Integer> run, Project project, Role role) {
    List<String> wanted = run.stream().map(i -> stages.get(i).technique().name()).toList();
    return run.stream()
        .flatMap(stage -> references.of(stages.get(stage).technique()).stream())
        .filter(each -> is(each, project, role))
        .filter(each -> references.names(each).equals(wanted))
        .findFirst();
  }

  private Optional<Reference> first(Technique<?> technique, Project project, Role role) {
    return references.of(technique).stream().filter(each -> is(each, project, role)).findFirst();
  }

  private static boolean is(Reference reference, Project project, Role role) {
    return reference.counterpart() instanceof OfProject part
        && part.project().equals(project.name())
        && part.role() == role;
  }
}
