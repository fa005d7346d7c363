package app.mushroom.collector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("app.mushroom.collector");

  @Test
  void needsNoEngineNoSpringAndNoOtherApplication() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl..", "org.springframework..", "app.mushroom.trainer..", "app.mushroom.api..")
        .because("the applications meet in file formats, and the collector runs no network")
        .check(classes);
  }

  @Test
  void featuresDoNotKnowTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.mushroom.collector.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("app.mushroom.collector.cli..", "picocli..", "me.tongfei..")
        .because("commands depend on features, never the other way")
        .check(classes);
  }

  @Test
  void googleTypesStayInTheStore() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.cloud..")
        .because("a bucket is one kind of ObjectStore")
        .check(classes);
  }

  @Test
  void onlyFetchingKnowsHowTheWebIsReached() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.mushroom.collector.fetch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.hc..", "io.github.bucket4j..", "crawlercommons..", "java.net.http..")
        .because("whatever asks a host goes through one guard and keeps one set of limits")
        .check(classes);
  }

  @Test
  void fetchingKnowsNothingElseOfTheCollector() {
    noClasses()
        .that()
        .resideInAPackage("app.mushroom.collector.fetch..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("app.mushroom..")
                .and(resideOutsideOfPackage("app.mushroom.collector.fetch..")))
        .because("it could serve any program that reads the web")
        .check(classes);
  }

  @Test
  void pagesAndTheirSettingsAreReadBySourcesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.mushroom.collector.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsoup..", "org.snakeyaml..")
        .because("how a source writes its pages concerns nobody but that source")
        .check(classes);
  }

  @Test
  void sourcesKnowNothingButFetching() {
    noClasses()
        .that()
        .resideInAPackage("app.mushroom.collector.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "app.mushroom.collector.cli..",
            "app.mushroom.collector.dataset..",
            "app.mushroom.collector.imports..",
            "app.mushroom.collector.photo..",
            "app.mushroom.collector.quality..",
            "app.mushroom.collector.report..",
            "app.mushroom.storage..",
            "app.mushroom.vision..",
            "java.net.http..")
        .because("a source lists what there is; others decide what becomes of it")
        .check(classes);
  }

  @Test
  void featuresFormNoCycle() {
    slices().matching("app.mushroom.collector.(*)..").should().beFreeOfCycles().check(classes);
  }
}
