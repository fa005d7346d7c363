package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.evaluation.LabelToxicities;
import app.mushroom.trainer.runs.Console;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks both versions, as they would be served, about the same test photos. */
final class VersionComparison {

  private final DatasetRepository datasets;
  private final SpeciesCatalogue catalogue;
  private final Console console;

  VersionComparison(DatasetRepository datasets, SpeciesCatalogue catalogue, Console console) {
    this.datasets = datasets;
    this.catalogue = catalogue;
    this.console = console;
  }

  /**
   * @throws IOException if the two cannot be compared; the message tells why
   */
  Comparison compare(VerifiedBundle champion, VerifiedBundle candidate) throws IOException {
    DatasetReference dataset = candidate.manifest().dataset();
    TestPhotos test = TestPhotos.choose(datasets, dataset, champion.manifest().dataset());
    List<DatasetPhoto> photos = test.photos();
    PhotoOutcomes before = outcomes("champion on test", champion, test);
    PhotoOutcomes after = outcomes("candidate on test", candidate, test);
    Set<String> poisonous = new HashSet<>(poisonous(champion));
    poisonous.addAll(poisonous(candidate));
    PairedBootstrap bootstrap =
        new PairedBootstrap(photos.stream().map(DatasetPhoto::group).toList());
    List<Measured> measured =
        bootstrap.compare(
            new OutcomeFigures(photos, before, poisonous::contains),
            new OutcomeFigures(photos, after, poisonous::contains));
    return new Comparison(
        dataset,
        photos.size(),
        bootstrap.finds(),
        test.seenByChampion(),
        test.unreadable(),
        PairedBootstrap.BOOTSTRAP.rounds(),
        PairedBootstrap.BOOTSTRAP.seed(),
        measured.get(OutcomeFigures.RECALL),
        measured.get(OutcomeFigures.COST),
        measured.get(OutcomeFigures.MACRO_F1),
        changes(photos, before, after));
  }

  private PhotoOutcomes outcomes(String what, VerifiedBundle bundle, TestPhotos test)
      throws IOException {
    int photos = test.photos().size();
    return PhotoOutcomes.of(
        bundle,
        catalogue,
        test.source(),
        test.photos(),
        done -> console.progress(what, done, photos, ""));
  }

  private Set<String> poisonous(VerifiedBundle bundle) throws IOException {
    return new LabelToxicities(LabelSet.read(bundle.file("labels.json")), catalogue).poisonous();
  }

  private static List<Comparison.LabelChange> changes(
      List<DatasetPhoto> photos, PhotoOutcomes before, PhotoOutcomes after) {
    Map<String, int[]> counts = new TreeMap<>();
    for (int row = 0; row < photos.size(); row++) {
      String label = photos.get(row).label();
      int[] count = counts.computeIfAbsent(label, unseen -> new int[3]);
      count[0]++;
      count[1] += before.named().get(row).equals(label) ? 1 : 0;
      count[2] += after.named().get(row).equals(label) ? 1 : 0;
    }
    List<Comparison.LabelChange> changes = new ArrayList<>();
    counts.forEach(
        (label, count) -> {
          if (count[1] != count[2]) {
            changes.add(new Comparison.LabelChange(label, count[0], count[1], count[2]));
          }
        });
    return changes;
  }
}
