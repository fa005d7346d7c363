package app.mushroom.api.model;

import app.mushroom.api.classifier.Classifier;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bundle in memory: weights, labels and safety policy that belong together. It is closed when its
 * owner has retired it and the last request that used it is done.
 */
public final class LoadedModel {
  private final String version;
  private final VerifiedBundle bundle;
  private final Preprocessing preprocessing;
  private final LabelSet labels;
  private final SafetyPolicy policy;
  private final Classifier classifier;
  private final Metrics metrics;
  private final Runnable afterClose;

  /** One for the owner, one for each request under way. */
  private final AtomicInteger references = new AtomicInteger(1);

  LoadedModel(
      String version,
      VerifiedBundle bundle,
      Preprocessing preprocessing,
      LabelSet labels,
      SafetyPolicy policy,
      Classifier classifier,
      Metrics metrics,
      Runnable afterClose) {
    this.version = version;
    this.bundle = bundle;
    this.preprocessing = preprocessing;
    this.labels = labels;
    this.policy = policy;
    this.classifier = classifier;
    this.metrics = metrics;
    this.afterClose = afterClose;
  }

  public String name() {
    return bundle.manifest().name();
  }

  /** The published number, or {@code starter}. */
  public String version() {
    return version;
  }

  public BundleManifest manifest() {
    return bundle.manifest();
  }

  public Preprocessing preprocessing() {
    return preprocessing;
  }

  public LabelSet labels() {
    return labels;
  }

  public SafetyPolicy policy() {
    return policy;
  }

  public Classifier classifier() {
    return classifier;
  }

  java.nio.file.Path folder() {
    return bundle.folder();
  }

  Metrics metrics() {
    return metrics;
  }

  /** Empty once the model is closed or about to be. */
  Optional<ModelLease> lease() {
    int before = references.getAndUpdate(count -> count == 0 ? 0 : count + 1);
    return before == 0 ? Optional.empty() : Optional.of(new ModelLease(this));
  }

  /** The owner lets go; called once. */
  void retire() {
    release();
  }

  void release() {
    if (references.decrementAndGet() == 0) {
      classifier.close();
      afterClose.run();
    }
  }
}
