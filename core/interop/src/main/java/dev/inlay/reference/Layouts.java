package dev.inlay.reference;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.reference.KeyMap.Place;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The names that the parameters of a network can have in files: those of each project whose
 * references the stages have, and Inlay's own.
 */
public final class Layouts {

  /**
   * A project, and where its networks keep their parts.
   *
   * @param begin what its references' types begin with
   */
  private record Project(
      String name, String begin, String backbone, String neck, String head, String auxiliary) {}

  /** Published backbones alone have no prefix. */
  private static final List<Project> PROJECTS =
      List.of(
          new Project(
              "mmsegmentation", "", "backbone.", "neck.", "decode_head.", "auxiliary_head."),
          new Project(
              "torchvision",
              "torchvision ",
              "backbone.",
              "neck.",
              "classifier.",
              "aux_classifier."),
          new Project("a backbone alone", "", "", "neck.", "decode_head.", "auxiliary_head."));

  private static final Pattern BARS = Pattern.compile("\\|(?![^(]*\\))");

  private final Assembly assembly;
  private final Techniques techniques;
  private final List<Stage<?>> stages;
  private final List<String> names;

  private Layouts(Assembly assembly, Techniques techniques) {
    this.assembly = assembly;
    this.techniques = techniques;
    stages = assembly.spec().stages();
    names = assembly.stages().stream().map(Assembly.Stage::name).toList();
  }

  /** All names that the network's parameters may have, the likeliest first. */
  public static List<KeyMap> of(Assembly assembly, Techniques techniques) {
    return lazily(assembly, techniques).stream().map(Supplier::get).toList();
  }

  /** The same, each made when it is asked for. */
  static List<Supplier<KeyMap>> lazily(Assembly assembly, Techniques techniques) {
    Layouts layouts = new Layouts(assembly, techniques);
    List<Supplier<KeyMap>> all = new ArrayList<>();
    PROJECTS.forEach(project -> all.add(() -> layouts.of(project)));
    all.add(() -> KeyMap.of("Inlay", assembly, Map.of()));
    return all;
  }

  private KeyMap of(Project project) {
    Map<String, Place> places = new LinkedHashMap<>();
    List<Integer> auxiliaries = new ArrayList<>();
    List<Integer> path = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Technique<?> technique = stages.get(i).technique();
      if (technique instanceof Backbone) {
        places.put(names.get(i), new Place(project.backbone, Map.of()));
      } else if (auxiliary(technique, project).isPresent()) {
        auxiliaries.add(i);
      } else {
        path.add(i);
      }
    }
    for (int i = 0; i < auxiliaries.size(); i++) {
      int stage = auxiliaries.get(i);
      String number = auxiliaries.size() == 1 ? "" : i + ".";
      Map<String, String> renamed =
          auxiliary(stages.get(stage).technique(), project).orElseThrow().renamed();
      places.put(names.get(stage), new Place(project.auxiliary + number, renamed));
    }
    placeHead(path, project, places);
    return KeyMap.of(project.name, assembly, places);
  }

  /** The longest run of stages at the end that is a head of the project; before it are necks. */
  private void placeHead(List<Integer> path, Project project, Map<String, Place> places) {
    for (int from = 0; from < path.size(); from++) {
      List<Integer> run = path.subList(from, path.size());
      Optional<Reference<?>> head = reference(run, project);
      if (head.isPresent()) {
        run.forEach(
            stage -> places.put(names.get(stage), new Place(project.head, head.get().renamed())));
        path.subList(0, from).forEach(stage -> placeNeck(stage, project, places));
        return;
      }
    }
  }

  private void placeNeck(int stage, Project project, Map<String, Place> places) {
    reference(List.of(stage), project)
        .ifPresent(neck -> places.put(names.get(stage), new Place(project.neck, neck.renamed())));
  }

  private Optional<Reference<?>> reference(List<Integer> run, Project project) {
    List<String> wanted = run.stream().map(i -> stages.get(i).technique().name()).toList();
    boolean ends = stages.get(run.get(run.size() - 1)).technique() instanceof Decoder;
    boolean may = ends || stages.get(run.get(0)).technique() instanceof ContextModule;
    return may
        ? references(run, project).stream().filter(each -> named(each).equals(wanted)).findFirst()
        : Optional.empty();
  }

  private Optional<Reference<?>> auxiliary(Technique<?> technique, Project project) {
    return technique.references().stream()
        .filter(each -> each.type().startsWith(project.begin + "auxiliary "))
        .<Reference<?>>map(each -> each)
        .findFirst();
  }

  /** The project's references of whole parts; one of a part's techniques has it. */
  private List<Reference<?>> references(List<Integer> run, Project project) {
    List<Reference<?>> found = new ArrayList<>();
    for (int stage : run) {
      for (Reference<?> each : stages.get(stage).technique().references()) {
        boolean whole = each.part() == null && !each.type().contains(".py:");
        String type = each.type();
        if (whole
            && type.startsWith(project.begin)
            && type.indexOf(' ', project.begin.length()) < 0) {
          found.add(each);
        }
      }
    }
    return found;
  }

  /** The techniques of a reference's stages. */
  private List<String> named(Reference<?> reference) {
    return Arrays.stream(BARS.split(reference.stages()))
        .map(stage -> stage.strip().split("[( ]", 2)[0])
        .map(name -> techniques.find(name).map(Technique::name).orElse(name))
        .toList();
  }
}
