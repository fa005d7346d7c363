package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.publishing.BundleMetrics;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a new version becomes the one that is served: not if it misses more poisonous mushrooms
 * than the champion, or costs more, or names fewer right.
 */
public final class Promotion {

  private final ModelRegistry registry;

  public Promotion(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * @return a sentence that tells what was decided and why
   */
  public String consider(String model, String version) throws IOException {
    Optional<Champion> champion = registry.champion(model);
    if (champion.isEmpty()) {
      registry.promote(model, version, "first version", champion);
      return "Promoted: " + model + " version " + version + " is the first champion.";
    }
    Figures before = figures(model, champion.get().version());
    Figures after = figures(model, version);
    Optional<String> objection = objection(before, after);
    if (objection.isPresent()) {
      return "Published but not promoted: "
          + objection.get()
          + " than champion version "
          + champion.get().version()
          + ". To serve it all the same: mushroom models promote "
          + version;
    }
    registry.promote(model, version, "better than version " + champion.get().version(), champion);
    return "Promoted: " + model + " version " + version + " is the new champion.";
  }

  private static Optional<String> objection(Figures before, Figures after) {
    if (after.poisonRecall() < before.poisonRecall()) {
      return Optional.of(worse("poison recall", after.poisonRecall(), before.poisonRecall()));
    }
    if (after.poisonCost() > before.poisonCost()) {
      return Optional.of(worse("poison cost", after.poisonCost(), before.poisonCost()));
    }
    if (after.macroF1() < before.macroF1()) {
      return Optional.of(worse("macro-F1", after.macroF1(), before.macroF1()));
    }
    return Optional.empty();
  }

  private static String worse(String what, double after, double before) {
    return String.format(
        Locale.ROOT, "on test its %s of %.4f is worse (was %.4f)", what, after, before);
  }

  private Figures figures(String model, String version) throws IOException {
    byte[] bytes = registry.file(model, version, "metrics.json");
    return JsonDocument.read(bytes, BundleMetrics.class, "metrics.json").test();
  }
}
