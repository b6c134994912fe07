package dev.inlay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shape of core: which package may see which, and what every class is. */
final class ArchitectureTest {
  /** From what everyone sees to what few do; each imports only from those before it. */
  private static final List<String> PACKAGES =
      List.of(
          "dev.inlay",
          "dev.inlay.guard",
          "dev.inlay.files",
          "dev.inlay.graph",
          "dev.inlay.spec",
          "dev.inlay.compile",
          "dev.inlay.weights",
          "dev.inlay.pickle",
          "dev.inlay.pytorch",
          "dev.inlay.reference",
          "dev.inlay.network",
          "dev.inlay.verify",
          "dev.inlay.plugin",
          "dev.inlay.data",
          "dev.inlay.evaluate",
          "dev.inlay.predict",
          "dev.inlay.train");

  private static JavaClasses core;

  @BeforeAll
  static void readClasses() {
    core =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.inlay");
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> found = new TreeSet<>();
    core.forEach(type -> found.add(type.getPackageName()));

    assertThat(PACKAGES).containsAll(found);
  }

  @Test
  void importsGoOnlyUpTheList() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      String[] later = PACKAGES.subList(i + 1, PACKAGES.size()).toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(PACKAGES.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .allowEmptyShould(true)
            .check(core);
      }
    }
  }

  @Test
  void onlyNetworkTalksToTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.inlay.network")
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

  @Test
  void coreDoesNotPrint() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(core);
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
