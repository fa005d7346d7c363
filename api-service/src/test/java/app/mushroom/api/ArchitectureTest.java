package app.mushroom.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
          .importPackages("app.mushroom.api");

  @Test
  void applicationsMeetInFilesOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("app.mushroom.trainer..", "app.mushroom.collector..")
        .because("the applications share dataset versions and bundles, not code")
        .check(CLASSES);
  }

  @Test
  void onlyTheClassifierKnowsTheEngine() {
    noClasses()
        .that(resideInAPackage("app.mushroom.api..").and(notIn("app.mushroom.api.classifier")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .because("another engine must fit in without touching anything else")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("app.mushroom.api.classifier")
        .and()
        .arePublic()
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("ai.djl..")
        .because("controllers and features see our records, not engine types")
        .check(CLASSES);
  }

  @Test
  void googlesTypesStayInsideTheToken() {
    noClasses()
        .that(resideInAPackage("app.mushroom.api.."))
        .and()
        .doNotHaveSimpleName("GoogleToken")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google..", "io.grpc..")
        .because("nothing of Google's is loaded unless it is configured")
        .check(CLASSES);
  }

  @Test
  void featuresDoNotKnowTheWebPart() {
    noClasses()
        .that(resideInAPackage("app.mushroom.api..").and(notIn("app.mushroom.api.web")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("app.mushroom.api.web")
        .because("the web part depends on features, never the other way")
        .check(CLASSES);
  }

  @Test
  void onlyARequestsOwnThreadReadsItsHead() {
    noClasses()
        .should()
        .callMethodWhere(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "reads the length of a request's body elsewhere than in begins()",
                call ->
                    call.getTargetOwner().isEquivalentTo(org.apache.coyote.Request.class)
                        && call.getName().equals("getContentLengthLong")
                        && !call.getOrigin().getName().equals("begins")))
        .because("Tomcat uses that object for the next request while others look")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("app.mushroom.api.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<
          com.tngtech.archunit.core.domain.JavaClass>
      notIn(String name) {
    return com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(name));
  }
}
