package dev.inlay.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rooms of the command line: which may see which. */
final class RoomsTest {

  private static final String ROOT = "dev.inlay.cli";
  private static final String COMMON = ROOT + ".common";

  static final List<String> ROOMS =
      List.of(
          ROOT + ".look",
          ROOT + ".author",
          ROOT + ".data",
          ROOT + ".train",
          ROOT + ".score",
          ROOT + ".weights",
          ROOT + ".doctor",
          ROOT + ".demo");

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
  }

  @Test
  void everyClassIsInARoomOrSharedOrOfTheRoot() {
    Set<String> found = new TreeSet<>();
    classes.forEach(type -> found.add(type.getPackageName()));

    Set<String> known = new TreeSet<>(ROOMS);
    known.addAll(List.of(ROOT, COMMON));
    assertThat(found).isEqualTo(known);
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void aRoomSeesNoOtherRoomAndNotTheRoot(String room) {
    String[] others =
        ROOMS.stream()
            .filter(each -> !each.equals(room))
            .map(each -> each + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(classes);
  }

  @Test
  void whatIsSharedSeesNoRoomAndNotTheRoot() {
    String[] rooms = ROOMS.stream().map(each -> each + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(COMMON)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(rooms)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(COMMON)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(classes);
  }
}
