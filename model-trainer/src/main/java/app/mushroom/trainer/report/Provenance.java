package app.mushroom.trainer.report;

import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import java.time.Instant;

/**
 * What was measured, on what, when and how.
 *
 * @param bundle the model, as published
 * @param dataset that the photos come from
 * @param command that gives the same figures again
 * @param codeVersion the release that measured
 */
public record Provenance(
    BundleManifest bundle,
    DatasetReference dataset,
    String command,
    String codeVersion,
    Instant measured) {

  boolean isTrainedOnThisDataset() {
    return bundle.dataset().equals(dataset);
  }
}
