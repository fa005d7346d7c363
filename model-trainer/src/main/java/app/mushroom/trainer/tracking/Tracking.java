package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps an MLflow server up to date with the run records and the champion, where {@code
 * MLFLOW_TRACKING_URI} names one. What goes there is what lies in the store: each write to a run
 * record wakes a background thread that compares the record with what the server has and sends the
 * rest. So a server that is away misses nothing while the process lives, a run that goes on goes on
 * in its MLflow run, and {@code mushroom runs send} can send a run at any time later.
 */
public final class Tracking {

  /** What an exit waits for a server that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The same, while a whole network is on its way. */
  private static final Duration PATIENCE_WITH_NETWORK = Duration.ofMinutes(5);

  private Tracking() {}

  /**
   * The store, with its run records mirrored until it is closed. Neither a wrong setting nor a
   * server in trouble is a failure: a line says so.
   *
   * @param environment where the settings come from
   * @param notices told a line now and then, by a thread that writes to the store or closes it
   * @return the store itself if no server is named
   */
  public static ObjectStore watch(
      ObjectStore store, Map<String, String> environment, Consumer<String> notices) {
    Optional<MlflowSettings> settings;
    try {
      settings = MlflowSettings.from(environment);
    } catch (IllegalArgumentException e) {
      notices.accept(e.getMessage() + " Going on without it.");
      return store;
    }
    if (settings.isEmpty()) {
      return store;
    }
    Mirror mirror = mirror(store, settings.get(), notices);
    return new WatchedStore(store, mirror::written, mirror::close);
  }

  /**
   * Sends what the server does not have of these runs, and waits for it.
   *
   * @return whether the server has everything now
   * @throws IllegalArgumentException if no server is named, or something that is none
   */
  public static boolean send(
      ObjectStore store,
      List<String> runs,
      Map<String, String> environment,
      Consumer<String> notices) {
    MlflowSettings settings =
        MlflowSettings.from(environment)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Expected "
                            + MlflowSettings.URI_VARIABLE
                            + " to name an MLflow server, found nothing."));
    Mirror mirror = mirror(store, settings, notices);
    runs.forEach(mirror::wake);
    mirror.close();
    return mirror.isComplete();
  }

  private static Mirror mirror(
      ObjectStore store, MlflowSettings settings, Consumer<String> notices) {
    MlflowClient client = new MlflowClient(settings, MlflowClient.Timeouts.DEFAULT);
    return new Mirror(
        new MlflowSync(store, client, settings, Clock.systemUTC()),
        Mirror.Pauses.DEFAULT,
        settings.withNetwork() ? PATIENCE_WITH_NETWORK : PATIENCE,
        notices);
  }
}
