package app.mushroom.vision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("app.mushroom.vision");

  @Test
  void knowsNoFrameworkNoEngineAndNoOtherPart() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "picocli..",
            "ai.djl..",
            "app.mushroom.storage..",
            "app.mushroom.collector..",
            "app.mushroom.trainer..",
            "app.mushroom.api..")
        .check(CLASSES);
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    slices().matching("app.mushroom.vision.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void readsPhotosWithoutKnowingWhatTheyShow() {
    noClasses()
        .that()
        .resideInAPackage("app.mushroom.vision.photo")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "app.mushroom.vision", "app.mushroom.vision.species", "app.mushroom.vision.decision")
        .check(CLASSES);
  }

  @Test
  void keepsJsonOutOfPhotosAndTensors() {
    noClasses()
        .that()
        .resideInAnyPackage("app.mushroom.vision", "app.mushroom.vision.photo")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(CLASSES);
  }
}
