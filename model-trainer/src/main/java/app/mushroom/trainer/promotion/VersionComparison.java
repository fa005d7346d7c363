package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.evaluation.LabelToxicities;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.Lineage;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks versions, as they would be served, about the same test photos. */
final class VersionComparison {

  private final DatasetRepository datasets;
  private final Lineage lineage;
  private final SpeciesCatalogue catalogue;
  private final Console console;

  VersionComparison(
      DatasetRepository datasets, Lineage lineage, SpeciesCatalogue catalogue, Console console) {
    this.datasets = datasets;
    this.lineage = lineage;
    this.catalogue = catalogue;
    this.console = console;
  }

  /**
   * @throws IOException if the two cannot be compared; the message tells why
   */
  Comparison compare(VerifiedBundle champion, VerifiedBundle candidate) throws IOException {
    TestPhotos test = photos(candidate, lineage.datasets(champion.manifest()));
    PhotoOutcomes before = outcomes("champion on test", champion, test);
    PhotoOutcomes after = outcomes("candidate on test", candidate, test);
    Set<String> poisonous = new HashSet<>(poisonous(champion));
    poisonous.addAll(poisonous(candidate));
    Set<String> known =
        labels(champion).labels().stream().map(Label::label).collect(Collectors.toSet());
    return new Measurement(test, poisonous)
        .compare(candidate.manifest().dataset(), before, after, known);
  }

  /**
   * Measures a version that has no champion to be compared with.
   *
   * @throws IOException if it cannot be measured; the message tells why
   */
  Measurement.Alone alone(VerifiedBundle candidate) throws IOException {
    TestPhotos test = photos(candidate, Set.of());
    PhotoOutcomes outcomes = outcomes("candidate on test", candidate, test);
    return new Measurement(test, poisonous(candidate)).alone(outcomes);
  }

  private TestPhotos photos(VerifiedBundle candidate, Set<DatasetReference> champion)
      throws IOException {
    TestPhotos test =
        TestPhotos.choose(
            datasets,
            candidate.manifest().dataset(),
            champion,
            lineage.datasets(candidate.manifest()));
    if (!test.unreadable().isEmpty()) {
      console.say(
          "Going without %d test photos that cannot be read:%n%s"
              .formatted(test.unreadable().size(), TestPhotos.names(test.unreadable())));
    }
    return test;
  }

  private PhotoOutcomes outcomes(String what, VerifiedBundle bundle, TestPhotos test)
      throws IOException {
    int photos = test.all().size();
    return PhotoOutcomes.of(
        bundle,
        catalogue,
        test.source(),
        test.all(),
        done -> console.progress(what, done, photos, ""));
  }

  private Set<String> poisonous(VerifiedBundle bundle) throws IOException {
    return new LabelToxicities(labels(bundle), catalogue).poisonous();
  }

  private static LabelSet labels(VerifiedBundle bundle) throws IOException {
    return LabelSet.read(bundle.file("labels.json"));
  }
}
