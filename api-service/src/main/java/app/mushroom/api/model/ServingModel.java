package app.mushroom.api.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The model that answers now. Swapping it disturbs no request: each finishes on the one it began
 * with.
 */
@Component
public class ServingModel {
  private final AtomicReference<@Nullable LoadedModel> current = new AtomicReference<>();

  /**
   * @throws NoModelException before the first model is loaded
   */
  public ModelLease lease() {
    while (true) {
      LoadedModel model = current.get();
      if (model == null) {
        throw new NoModelException();
      }
      Optional<ModelLease> lease = model.lease();
      if (lease.isPresent()) {
        return lease.get();
      }
    }
  }

  /** The version that answers now; empty before the first. */
  public Optional<String> version() {
    return current().map(LoadedModel::version);
  }

  /** To be asked about, not to be run: that takes a lease. */
  Optional<LoadedModel> current() {
    return Optional.ofNullable(current.get());
  }

  void swap(LoadedModel next) {
    LoadedModel previous = current.getAndSet(next);
    if (previous != null) {
      previous.retire();
    }
  }

  /** Serves the model only if none is served yet; lets it go otherwise. */
  boolean offer(LoadedModel first) {
    boolean taken = current.compareAndSet(null, first);
    if (!taken) {
      first.retire();
    }
    return taken;
  }

  void close() {
    LoadedModel last = current.getAndSet(null);
    if (last != null) {
      last.retire();
    }
  }
}
