package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.promotion.Promotion;
import app.mushroom.trainer.promotion.PromotionDecision;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version with what is known of it.
 *
 * @param metrics null if the bundle has none
 * @param champion of its model; null if there is none
 * @param decision the last about its promotion; null if there was none
 */
record PublishedVersion(
    BundleManifest manifest,
    @Nullable BundleMetrics metrics,
    @Nullable Champion champion,
    @Nullable PromotionDecision decision) {

  static PublishedVersion read(ModelRegistry registry, RunStore runs, String model, String version)
      throws IOException {
    BundleManifest manifest = registry.manifest(model, version);
    return new PublishedVersion(
        manifest,
        has(manifest, "metrics.json")
            ? JsonDocument.read(
                registry.file(model, version, "metrics.json"), BundleMetrics.class, "metrics.json")
            : null,
        registry.champion(model).orElse(null),
        decision(runs, manifest).orElse(null));
  }

  private static Optional<PromotionDecision> decision(RunStore runs, BundleManifest manifest)
      throws IOException {
    if (!manifest.run().matches("[a-z0-9][a-z0-9_-]{0,63}")) {
      return Optional.empty(); // made elsewhere: no name that this store could hold a run under
    }
    return Promotion.decisions(runs, manifest.run()).stream()
        .flatMap(history -> history.decisions().stream())
        .filter(each -> each.version().equals(manifest.version()))
        .findFirst();
  }

  private static boolean has(BundleManifest manifest, String file) {
    return manifest.files().stream().anyMatch(each -> each.name().equals(file));
  }

  LabelSet labels(ModelRegistry registry) throws IOException {
    return LabelSet.read(stream(registry, "labels.json"));
  }

  Calibration calibration(ModelRegistry registry) throws IOException {
    return Calibration.read(stream(registry, "calibration.json"));
  }

  private ByteArrayInputStream stream(ModelRegistry registry, String file) throws IOException {
    return new ByteArrayInputStream(registry.file(manifest.name(), manifest.version(), file));
  }

  boolean isChampion() {
    return champion != null && champion.version().equals(manifest.version());
  }

  /** Champion, was champion, or why not. */
  String standing() {
    if (isChampion()) {
      return "champion";
    }
    Champion now = champion;
    boolean wasChampion =
        now != null
            && Stream.ofNullable(now)
                .flatMap(each -> each.history().stream())
                .anyMatch(entry -> entry.version().equals(manifest.version()));
    if (wasChampion) {
      return "was champion";
    }
    PromotionDecision last = decision;
    return last == null ? "published" : last.inShort();
  }
}
