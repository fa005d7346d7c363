package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.runs.RunStore;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Brings what the server has of a run or a model up to date with the store. */
final class MlflowSync {

  private final ObjectStore store;
  private final MlflowClient client;
  private final MlflowSettings settings;
  private final Clock clock;
  private final Map<String, RunSync> runs = new HashMap<>();

  /**
   * @param store not the watched one: what is written of the tracking itself wakes nobody
   */
  MlflowSync(ObjectStore store, MlflowClient client, MlflowSettings settings, Clock clock) {
    this.store = store;
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Called by one thread; after a failure, call again: what was sent is not sent again.
   *
   * @param notices told where people can look at a run
   */
  void bringUpToDate(Mirror.Subject subject, Consumer<String> notices) throws IOException {
    if (subject.isModel()) {
      new ChampionAlias(new ModelRegistry(store, clock), new RunStore(store), client)
          .bringUpToDate(subject.name());
    } else {
      runs.computeIfAbsent(
              subject.name(), run -> new RunSync(run, store, client, settings, clock, notices))
          .bringUpToDate();
    }
  }

  String location() {
    return client.location();
  }

  long answers() {
    return client.answers();
  }
}
