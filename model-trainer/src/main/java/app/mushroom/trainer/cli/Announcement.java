package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.promotion.Promotion;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.time.Clock;

/** What a command says when it has published a version, and what becomes of that version. */
final class Announcement {

  private Announcement() {}

  static void of(Published published, Console console) {
    console.say("val\n" + FiguresTable.of(published.metrics().val()));
    console.say("test\n" + FiguresTable.of(published.metrics().test()));
    console.say(
        "Published " + published.manifest().name() + " version " + published.manifest().version());
  }

  /**
   * Considers a version for promotion, unless that was done before.
   *
   * @param wanted whether the version may become champion
   */
  static void promote(
      BundleManifest manifest, boolean wanted, ObjectStore objects, Console console, Clock clock)
      throws IOException {
    String version = manifest.version();
    if (!wanted) {
      console.say("Not promoted, as asked. To serve it: mushroom models promote " + version);
      return;
    }
    if (isDecided(new RunStore(objects), manifest.run(), version)) {
      return;
    }
    new Promotion(
            new ModelRegistry(objects, clock),
            new RunStore(objects),
            new DatasetRepository(objects),
            SpeciesCatalogue.load(),
            console,
            clock)
        .consider(manifest.name(), version, Promotion.Wish.IF_BETTER)
        .sentences()
        .forEach(console::say);
  }

  /** Whether it was decided before if a version that came of a run becomes champion. */
  static boolean isDecided(RunStore runs, String run, String version) throws IOException {
    return Promotion.decisions(runs, run).stream()
        .flatMap(history -> history.decisions().stream())
        .anyMatch(decision -> decision.version().equals(version));
  }
}
