package app.mushroom.api.model;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a model until closed, however many newer ones have been published meanwhile. */
public final class ModelLease implements AutoCloseable {
  private final LoadedModel model;
  private final AtomicBoolean open = new AtomicBoolean(true);

  ModelLease(LoadedModel model) {
    this.model = model;
  }

  public LoadedModel model() {
    return model;
  }

  /** A second right to the same model, for work that may outlive this one. */
  public ModelLease again() {
    return model.lease().orElseThrow(() -> new IllegalStateException("The lease is closed"));
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      model.release();
    }
  }
}
