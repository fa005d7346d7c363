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
   * @param loadLimit longest that loading may take before a version is given up and left alone
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
      @DefaultValue("2m") Duration loadLimit,
      @DefaultValue("") String challenger,
      @DefaultValue("0.1") double shadowShare) {

    public Model {
      SettingChecks.name("mushroom.model.name (MUSHROOM_MODEL)", name);
      SettingChecks.positive("mushroom.model.poll-every (MUSHROOM_POLL_EVERY)", pollEvery);
      SettingChecks.positive("mushroom.model.retry-at-most", retryAtMost);
      SettingChecks.notNegative("mushroom.model.starter-after", starterAfter);
      SettingChecks.notNegative("mushroom.model.refused-for", refusedFor);
      SettingChecks.expect(
          notifications.isEmpty() || notifications.matches(SUBSCRIPTION),
          "mushroom.model.notifications (MUSHROOM_MODEL_NOTIFICATIONS)",
          "projects/<project>/subscriptions/<subscription>",
          notifications);
      SettingChecks.atLeast(1, "mushroom.model.loaded (MUSHROOM_MODEL_LOADED)", loaded);
      SettingChecks.positive("mushroom.model.load-wait (MUSHROOM_MODEL_LOAD_WAIT)", loadWait);
      SettingChecks.positive("mushroom.model.load-limit (MUSHROOM_MODEL_LOAD_LIMIT)", loadLimit);
      if (!challenger.isEmpty()) {
        SettingChecks.name("mushroom.model.challenger (MUSHROOM_MODEL_CHALLENGER)", challenger);
      }
      SettingChecks.share("mushroom.model.shadow-share (MUSHROOM_MODEL_SHADOW_SHARE)", shadowShare);
    }

    private static final String SUBSCRIPTION =
        "projects/[a-z][a-z0-9.:-]{2,100}/subscriptions/[A-Za-z][A-Za-z0-9._~+%-]{2,254}";
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
      SettingChecks.atLeast(0, "mushroom.inference.threads (MUSHROOM_INFERENCE_THREADS)", threads);
      SettingChecks.atLeast(0, "mushroom.inference.queue (MUSHROOM_QUEUE)", queue);
      SettingChecks.atLeast(0, "mushroom.inference.spares (MUSHROOM_SPARE_THREADS)", spares);
      SettingChecks.expect(
          callerShare > 0 && callerShare <= 1,
          "mushroom.inference.caller-share (MUSHROOM_CALLER_SHARE)",
          "a share above 0, up to 1",
          Double.toString(callerShare));
      SettingChecks.positive("mushroom.inference.start-within", startWithin);
      SettingChecks.positive("mushroom.inference.limit", limit);
      SettingChecks.positive("mushroom.inference.stalled-after", stalledAfter);
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
      SettingChecks.positive("mushroom.clients.patience", patience);
      SettingChecks.atLeast(0, "mushroom.clients.least-rate", leastRate.toBytes());
      SettingChecks.atLeast(1, "mushroom.clients.uploads (MUSHROOM_UPLOADS)", uploads.toBytes());
      SettingChecks.notNegative("mushroom.clients.linger", linger);
    }
  }

  /**
   * How much is kept of what the network said, so that the same photo is not looked at twice while
   * its pixels are kept as well.
   *
   * @param photos 0: none
   * @param keep longest time since it was last sent
   */
  public record Seen(@DefaultValue("512") int photos, @DefaultValue("2m") Duration keep) {

    public Seen {
      SettingChecks.atLeast(0, "mushroom.seen.photos", photos);
      SettingChecks.notNegative("mushroom.seen.keep", keep);
    }
  }

  /**
   * How much of the latest identifications is kept in memory, for heatmaps and feedback.
   *
   * @param entries identifications
   * @param bytes of pixels, all entries together, outside the Java heap
   * @param keep longest time
   */
  public record Recent(
      @DefaultValue("200") int entries,
      @DefaultValue("32MB") DataSize bytes,
      @DefaultValue("15m") Duration keep) {

    public Recent {
      SettingChecks.atLeast(0, "mushroom.recent.entries", entries);
      SettingChecks.expect(
          !bytes.isNegative() && bytes.toMegabytes() <= 1024,
          "mushroom.recent.bytes",
          "0 to 1024MB",
          bytes.toString());
      SettingChecks.notNegative("mushroom.recent.keep", keep);
    }
  }
}
