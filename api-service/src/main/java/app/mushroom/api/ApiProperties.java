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
   */
  public record Model(
      @DefaultValue("mushrooms") String name,
      @DefaultValue("classpath:starter-model") String starter,
      @DefaultValue("30s") Duration pollEvery,
      @DefaultValue("50s") Duration retryAtMost,
      @DefaultValue("5s") Duration starterAfter,
      @DefaultValue("10m") Duration refusedFor,
      @DefaultValue("") String cache) {

    public Model {
      SettingChecks.name("mushroom.model.name (MUSHROOM_MODEL)", name);
      SettingChecks.positive("mushroom.model.poll-every (MUSHROOM_POLL_EVERY)", pollEvery);
      SettingChecks.positive("mushroom.model.retry-at-most", retryAtMost);
      SettingChecks.notNegative("mushroom.model.starter-after", starterAfter);
      SettingChecks.notNegative("mushroom.model.refused-for", refusedFor);
    }
  }

  /**
   * How many photos are worked on at once, and how long the rest may wait.
   *
   * @param threads forward passes at a time; 0: one a core
   * @param queue requests that may wait
   * @param startWithin longest wait in the queue before the answer is 503
   * @param limit longest an identification may take before the answer is 503
   */
  public record Inference(
      @DefaultValue("0") int threads,
      @DefaultValue("32") int queue,
      @DefaultValue("2s") Duration startWithin,
      @DefaultValue("10s") Duration limit) {

    public Inference {
      if (threads < 0 || queue < 0) {
        throw new IllegalArgumentException(
            "Expected mushroom.inference.threads and queue of at least 0, found "
                + threads
                + " and "
                + queue);
      }
      threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
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
      @DefaultValue("15m") Duration keep) {

    public Recent {
      SettingChecks.atLeast(0, "mushroom.recent.entries", entries);
      SettingChecks.atLeast(0, "mushroom.recent.bytes", bytes.toBytes());
      SettingChecks.notNegative("mushroom.recent.keep", keep);
    }
  }
}
