package app.mushroom.trainer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("app.mushroom.trainer");

  @Test
  void onlyTheTrainingPackageKnowsTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.mushroom.trainer.training..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .because("the engine's traps are handled in one place")
        .check(classes);
  }

  @Test
  void noGraphHasScalarOperands() {
    noClasses()
        .that()
        .resideInAPackage("app.mushroom.trainer.training..")
        .and()
        .doNotHaveSimpleName("WeightAverage")
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(HasOwner.Predicates.With.owner(assignableTo(NDArray.class)))
                .and(JavaCall.Predicates.target(rawParameterTypes(Number.class))))
        .because(
            "on a processor the engine frees the tensor behind array.mul(number) before the"
                + " backward pass reads it; WeightAverage has no backward pass")
        .check(classes);
  }

  @Test
  void needsNoSpringAndNoOtherApplication() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "com.google.cloud..",
            "app.mushroom.collector..",
            "app.mushroom.api..")
        .because("the applications meet in file formats")
        .check(classes);
  }

  @Test
  void featuresDoNotKnowTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.mushroom.trainer.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("app.mushroom.trainer.cli..", "picocli..", "me.tongfei..")
        .because("commands depend on features, never the other way")
        .check(classes);
  }

  @Test
  void featuresFormNoCycle() {
    slices().matching("app.mushroom.trainer.(*)..").should().beFreeOfCycles().check(classes);
  }
}
