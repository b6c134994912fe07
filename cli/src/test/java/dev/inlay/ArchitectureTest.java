package dev.inlay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shape of the libraries: which package may see which, and what every class is. */
final class ArchitectureTest {
  /** The API and the engine, from what everyone sees to what few do. */
  private static final List<String> ENGINE =
      List.of(
          "dev.inlay",
          "dev.inlay.standard",
          "dev.inlay.background",
          "dev.inlay.guard",
          "dev.inlay.files",
          "dev.inlay.graph",
          "dev.inlay.spec",
          "dev.inlay.assemble",
          "dev.inlay.compile.pass",
          "dev.inlay.compile",
          "dev.inlay.compile.torch",
          "dev.inlay.weights",
          "dev.inlay.torch",
          "dev.inlay.trace",
          "dev.inlay.plugin");

  private static final List<String> LEARN =
      List.of(
          "dev.inlay.image.format",
          "dev.inlay.image",
          "dev.inlay.augment",
          "dev.inlay.data",
          "dev.inlay.data.check",
          "dev.inlay.data.layout",
          "dev.inlay.predict",
          "dev.inlay.evaluate.boundary",
          "dev.inlay.evaluate",
          "dev.inlay.prepare",
          "dev.inlay.train",
          "dev.inlay.train.report",
          "dev.inlay.train.run",
          "dev.inlay.measure");

  private static final List<String> INTEROP =
      List.of(
          "dev.inlay.pickle",
          "dev.inlay.pytorch",
          "dev.inlay.adapt",
          "dev.inlay.reference",
          "dev.inlay.verify");

  private static final List<String> CONTRACT = List.of("dev.inlay.contract");

  /** One package a project; they are found as services, so that no list names them. */
  private static final String PROJECTS = "dev.inlay.project.";

  private static final Set<String> READING =
      Set.of(
          "lines",
          "newBufferedReader",
          "newInputStream",
          "readAllBytes",
          "readAllLines",
          "readString");

  private static JavaClasses core;

  @BeforeAll
  static void readClasses() {
    core =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/plugins/"))
            .withImportOption(location -> !location.contains("/dev/inlay/fixtures/"))
            .withImportOption(location -> !location.contains("/dev/inlay/cli/"))
            .importPackages("dev.inlay");
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> found = new TreeSet<>();
    core.forEach(type -> found.add(type.getPackageName()));

    found.removeIf(name -> name.startsWith(PROJECTS));
    Set<String> placed = new TreeSet<>(ENGINE);
    placed.addAll(LEARN);
    placed.addAll(INTEROP);
    placed.addAll(CONTRACT);
    assertThat(found).isEqualTo(placed);
  }

  @Test
  void engineImportsOnlyUpItsList() {
    importOnlyUpTheList(ENGINE);
  }

  @Test
  void learnAndInteropImportOnlyUpTheirListsAndTheEngine() {
    importOnlyUpTheList(joined(ENGINE, LEARN));
    importOnlyUpTheList(joined(ENGINE, INTEROP));
    importNothingOf(LEARN, INTEROP);
    importNothingOf(INTEROP, LEARN);
  }

  @Test
  void contractImportsTheEngineAlone() {
    importOnlyUpTheList(joined(ENGINE, CONTRACT));
    importNothingOf(CONTRACT, joined(LEARN, INTEROP));
    importNothingOf(joined(LEARN, INTEROP), CONTRACT);
  }

  @Test
  void projectsAreImportedByNothingAndImportNoOtherProject() {
    noClasses()
        .that()
        .resideOutsideOfPackage(PROJECTS + ".")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PROJECTS + ".")
        .check(core);
    slices().matching(PROJECTS + "(*)..").should().notDependOnEachOther().check(core);
    noClasses()
        .that()
        .resideInAPackage(PROJECTS + ".")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.inlay.verify")
        .check(core);
    importNothingOf(List.of(PROJECTS + "."), LEARN);
  }

  private static List<String> joined(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  private static void importOnlyUpTheList(List<String> packages) {
    for (int i = 0; i + 1 < packages.size(); i++) {
      importNothingOf(packages.subList(i, i + 1), packages.subList(i + 1, packages.size()));
    }
  }

  private static void importNothingOf(List<String> these, List<String> those) {
    noClasses()
        .that()
        .resideInAnyPackage(these.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(those.toArray(String[]::new))
        .check(core);
  }

  @Test
  void onlyTorchTalksToDjl() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.inlay.torch")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(core);
  }

  @Test
  void onlyPluginTalksToPf4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.inlay.plugin")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.pf4j..", "com.github.zafarkhaja..")
        .check(core);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes().should(liveInANullMarkedPackage()).check(core);
  }

  @Test
  void everyClassIsAbstractOrFinal() {
    classes()
        .that(arePlainClasses())
        .should()
        .haveModifier(JavaModifier.ABSTRACT)
        .orShould()
        .haveModifier(JavaModifier.FINAL)
        .check(core);
  }

  /** Images and weights have readers of their own, which know how large these may be. */
  @Test
  void smallFilesAreReadByOneClass() {
    JavaClasses everything =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/dev/inlay/fixtures/"))
            .importPackages("dev.inlay");
    Set<String> readers =
        Set.of(
            "dev.inlay.files.SmallFile",
            "dev.inlay.plugin.AllowList", // the sums of whole jars
            "dev.inlay.pytorch.TensorFiles");
    noClasses()
        .that(
            DescribedPredicate.describe(
                "have no reader of their own", type -> !readers.contains(type.getName())))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a file is read",
                call ->
                    call.getTarget().getOwner().isEquivalentTo(Files.class)
                        && READING.contains(call.getTarget().getName())))
        .check(everything);
  }

  /** Its start switches telemetry and downloads off, and its library may be loaded once. */
  @Test
  void engineIsStartedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.inlay.torch.EngineStart")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "looks for the engine or makes memory of it without a parent",
                call ->
                    (call.getTarget().getOwner().getName().equals("ai.djl.engine.Engine")
                            && Set.of("getEngine", "getInstance", "getAllEngines")
                                .contains(call.getTarget().getName()))
                        || call.getTarget().getName().equals("newBaseManager")))
        .check(core);
  }

  @Test
  void coreDoesNotPrint() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.inlay.guard.Surroundings") // puts them back
        .should(ACCESS_STANDARD_STREAMS)
        .check(core);
  }

  /** An enum whose constants have bodies is neither abstract nor final, and cannot say so. */
  private static DescribedPredicate<JavaClass> arePlainClasses() {
    return DescribedPredicate.describe(
        "are neither enums nor anonymous", type -> !type.isEnum() && !type.isAnonymousClass());
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        JavaPackage home = type.getPackage();
        if (!home.isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, home.getName() + " has no package-info.java with @NullMarked"));
        }
      }
    };
  }
}
