package app.mushroom.api;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything that can be set; the defaults work with no account and no network.
 *
 * @param store where bundles lie: {@code gs://bucket[/prefix]} or a folder
 * @param corsOrigins pages on other hosts that may read answers, as {@code http(s)://host[:port]}
 */
@ConfigurationProperties("mushroom")
public record ApiProperties(
    @DefaultValue("persistent-folder") String store,
    @DefaultValue List<String> corsOrigins,
    @DefaultValue Model model,
    @DefaultValue Inference inference,
    @DefaultValue Clients clients,
    @DefaultValue Seen seen,
    @DefaultValue Recent recent) {

  public ApiProperties {
    corsOrigins = corsOrigins.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    for (String origin : corsOrigins) {
      if (!origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+")) {
        throw new IllegalArgumentException(
            "Expected MUSHROOM_CORS_ORIGINS to list origins such as http://localhost:3000, found '"
                + origin
                + "'. Name each origin; '*' and 'null' are never allowed.");
      }
    }
    if (!model.notifications().isEmpty() && !store.startsWith("gs://")) {
      throw new IllegalArgumentException(
          "Expected MUSHROOM_STORE to be a bucket where MUSHROOM_MODEL_NOTIFICATIONS is set, found"
              + " a folder. Folders send no notifications; they are polled.");
    }
  }

  /**
   * Which model is served and how a new one is noticed.
   *
   * @param name of the model in the store
   * @param starter folder of the bundle, as a Spring resource location, served while the store has
   *     no champion
   * @param pollEvery how often the store is asked for a new champion
   * @param retryAtMost longest pause between polls while the store does not answer
   * @param starterAfter how long a start waits for the store before the starter serves meanwhile
   * @param refusedFor how long a refused version is left alone before it is looked at again
   * @param cache folder that keeps the last verified bundle, so that a restart serves it while the
   *     store is away; empty: a temporary folder, nothing is kept
   * @param notifications Pub/Sub subscription that tells of new objects in the bucket, as {@code
   *     projects/<project>/subscriptions/<subscription>}; empty: polling only
   * @param loaded most versions kept in memory because somebody chose them
   * @param loadWait longest a request waits for the version that it chose to be loaded
   * @param challenger version that shadows the serving one; empty: none
   * @param shadowShare of the identifications that the challenger looks at too, in [0, 1]
   */
  public record Model(
      @DefaultValue("mushrooms") String name,
      @DefaultValue("classpath:starter-model") String starter,
      @DefaultValue("30s") Duration pollEvery,
      @DefaultValue("50s") Duration retryAtMost,
      @DefaultValue("5s") Duration starterAfter,
      @DefaultValue("10m") Duration refusedFor,
      @DefaultValue("") String cache,
      @DefaultValue("") String notifications,
      @DefaultValue("2") int loaded,
      @DefaultValue("10s") Duration loadWait,
      @DefaultValue("") String challenger,
      @DefaultValue("0.1") double shadowShare) {

    public Model {
      require("poll-every", "above 0", pollEvery, pollEvery.compareTo(Duration.ZERO) > 0);
      require("retry-at-most", "above 0", retryAtMost, retryAtMost.compareTo(Duration.ZERO) > 0);
      require("starter-after", "at least 0", starterAfter, !starterAfter.isNegative());
      require("refused-for", "at least 0", refusedFor, !refusedFor.isNegative());
      require(
          "notifications",
          "projects/<project>/subscriptions/<subscription>",
          notifications,
          notifications.isEmpty() || notifications.matches(SUBSCRIPTION));
      require("loaded", "at least 1", loaded, loaded >= 1);
      require("load-wait", "above 0", loadWait, loadWait.compareTo(Duration.ZERO) > 0);
      require(
          "challenger",
          "a version such as 3",
          challenger,
          challenger.isEmpty() || challenger.matches("[a-z0-9][a-z0-9._-]{0,63}"));
      require("shadow-share", "0 to 1", shadowShare, shadowShare >= 0 && shadowShare <= 1);
    }

    private static final String SUBSCRIPTION =
        "projects/[a-z][a-z0-9.:-]{2,100}/subscriptions/[A-Za-z][A-Za-z0-9._~+%-]{2,254}";

    private static void require(String name, String expected, Object found, boolean met) {
      if (!met) {
        throw new IllegalArgumentException(
            "Expected mushroom.model." + name + " to be " + expected + ", found '" + found + "'.");
      }
    }
  }

  /**
   * How many photos are worked on at once, and how long the rest may wait.
   *
   * @param threads photos at a time; 0: one a core
   * @param queue requests that may wait
   * @param startWithin longest wait in the queue; what cannot be answered by then is refused on
   *     arrival with 503
   * @param limit longest an identification may take, the wait included, before the answer is 503
   * @param callerShare of the queue that one caller may fill, above 0, at most 1
   * @param stalledAfter how long a photo may hold a thread before a spare takes over
   * @param spares how many threads there may be for those that are stuck
   */
  public record Inference(
      @DefaultValue("0") int threads,
      @DefaultValue("32") int queue,
      @DefaultValue("2s") Duration startWithin,
      @DefaultValue("8s") Duration limit,
      @DefaultValue("0.5") double callerShare,
      @DefaultValue("1s") Duration stalledAfter,
      @DefaultValue("4") int spares) {

    public Inference {
      if (threads < 0 || queue < 0 || spares < 0) {
        throw new IllegalArgumentException(
            "Expected mushroom.inference.threads, queue and spares of at least 0, found "
                + threads
                + ", "
                + queue
                + " and "
                + spares);
      }
      if (!(callerShare > 0 && callerShare <= 1)) {
        throw new IllegalArgumentException(
            "Expected mushroom.inference.caller-share above 0 and at most 1, found " + callerShare);
      }
      requirePositive("mushroom.inference.start-within", startWithin);
      requirePositive("mushroom.inference.limit", limit);
      requirePositive("mushroom.inference.stalled-after", stalledAfter);
      threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
  }

  /**
   * What clients may cost before they are answered.
   *
   * @param patience how long a request may come in slowly; all of its head must be there by then
   * @param leastRate bytes of the body a second, on average since the request began
   * @param uploads bytes that all uploads together may have in memory and temporary files
   * @param linger how long a stop goes on answering, not ready any more, so that whoever spreads
   *     the load hears of it
   */
  public record Clients(
      @DefaultValue("10s") Duration patience,
      @DefaultValue("4KB") DataSize leastRate,
      @DefaultValue("256MB") DataSize uploads,
      @DefaultValue("2s") Duration linger) {

    public Clients {
      requirePositive("mushroom.clients.patience", patience);
      if (leastRate.isNegative() || uploads.toBytes() < 1 || linger.isNegative()) {
        throw new IllegalArgumentException(
            "Expected mushroom.clients.least-rate and linger of at least 0 and uploads above 0,"
                + " found "
                + leastRate
                + ", "
                + linger
                + " and "
                + uploads);
      }
    }
  }

  /**
   * How much is kept of photos that were looked at, so that the same photo is not looked at twice.
   *
   * @param photos 0: none
   * @param bytes of pixels and network outputs, all together
   */
  public record Seen(@DefaultValue("512") int photos, @DefaultValue("16MB") DataSize bytes) {

    public Seen {
      if (photos < 0 || bytes.isNegative()) {
        throw new IllegalArgumentException(
            "Expected mushroom.seen.photos and bytes of at least 0, found "
                + photos
                + " and "
                + bytes);
      }
    }
  }

  /**
   * How much of the latest identifications is kept in memory, for heatmaps and feedback.
   *
   * @param entries identifications
   * @param bytes of pixels, all entries together
   * @param keep longest time
   */
  public record Recent(
      @DefaultValue("200") int entries,
      @DefaultValue("32MB") DataSize bytes,
      @DefaultValue("15m") Duration keep) {}

  private static void requirePositive(String setting, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "Expected " + setting + " above 0, such as 2s, found " + duration);
    }
  }
}
