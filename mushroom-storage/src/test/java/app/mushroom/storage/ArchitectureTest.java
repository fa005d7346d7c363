package app.mushroom.storage;

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
          .importPackages("app.mushroom.storage");

  @Test
  void theStorageKnowsNoFrameworkNoEngineAndNoOtherPart() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "picocli..",
            "jakarta..",
            "ai.djl..",
            "app.mushroom.vision..",
            "app.mushroom.collector..",
            "app.mushroom.trainer..",
            "app.mushroom.api..")
        .check(CLASSES);
  }

  @Test
  void googlesTypesStayInsideTheirStore() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(GcsObjectStore.class.getName())
        .and()
        .haveNameNotMatching(".*GcsObjectStore\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google..", "io.grpc..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("app.mushroom.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
