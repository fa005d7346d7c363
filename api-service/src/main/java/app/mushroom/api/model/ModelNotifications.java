package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.DaemonThreads;
import app.mushroom.api.model.PubSubSubscription.Message;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens, where a subscription is configured, for Cloud Storage's news of the champion's pointer,
 * and has the poller look at once. Polling goes on whether news comes or not, so a lost message
 * costs half a minute. Nothing of it is loaded or started otherwise.
 */
final class ModelNotifications implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ModelNotifications.class);
  private static final String EMULATOR = "PUBSUB_EMULATOR_HOST";
  private static final URI SERVICE = URI.create("https://pubsub.googleapis.com");

  /** A stand-in may answer at once that there is nothing; it is not asked in a loop. */
  private static final long LONGEST_FAREWELL_MILLIS = 2000;

  static final Backoff PAUSE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Runnable lookSoon;
  private final ModelEvents events;
  private final String subscription;
  private final String bucket;
  private final String pointer;
  private final @Nullable String emulator;
  private final Backoff pause;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread listener;

  /**
   * @param lookSoon called for each batch of messages that tell of the pointer
   * @param environment where {@code PUBSUB_EMULATOR_HOST} may name a stand-in, which needs no
   *     credentials
   * @param pause between questions, usually {@link #PAUSE}
   */
  ModelNotifications(
      Runnable lookSoon,
      ModelEvents events,
      ApiProperties properties,
      Map<String, String> environment,
      Backoff pause) {
    this.lookSoon = lookSoon;
    this.events = events;
    this.subscription = properties.model().notifications();
    String[] bucketAndPrefix = properties.store().replaceFirst("^gs://", "").split("/", 2);
    this.bucket = bucketAndPrefix[0];
    String prefix = bucketAndPrefix.length == 1 ? "" : bucketAndPrefix[1].replaceFirst("/$", "");
    this.pointer =
        (prefix.isEmpty() ? "" : prefix + "/")
            + "models/"
            + properties.model().name()
            + "/champion.json";
    this.emulator = environment.get(EMULATOR);
    this.pause = pause;
  }

  @Override
  public synchronized void start() {
    if (subscription.isEmpty()) {
      return;
    }
    Thread thread = DaemonThreads.named("model-notifications").newThread(this::listen);
    thread.start();
    listener = thread;
  }

  private void listen() {
    int failures = 0;
    PubSubSubscription open = null;
    try {
      while (stopped.getCount() > 0) {
        boolean more = false;
        try {
          open = open == null ? open() : open;
          more = take(open);
          if (failures > 0) {
            log.info("{} answers again.", subscription);
          }
          failures = 0;
        } catch (IOException | RuntimeException e) {
          if (stopped.getCount() == 0) {
            return;
          }
          events.noticeFailed();
          if (++failures == 1) {
            String why = e.getMessage();
            log.warn(
                "No news of models, polling goes on: {}",
                why == null ? "nobody answers for " + subscription + " (" + e + ")" : why);
          }
        }
        if (!more) {
          long millis = pause.after(failures, ThreadLocalRandom.current().nextDouble()).toMillis();
          boolean end = stopped.await(millis, TimeUnit.MILLISECONDS);
          log.trace("Asking {} again: {}", subscription, !end);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is the end
    }
  }

  /** Whether there may be more waiting. */
  private boolean take(PubSubSubscription from) throws IOException, InterruptedException {
    List<Message> messages = from.pull();
    if (messages.isEmpty()) {
      return false;
    }
    if (messages.stream().anyMatch(this::tellsOfThePointer)) {
      events.noticed();
      lookSoon.run();
    }
    from.acknowledge(messages);
    return messages.size() == PubSubSubscription.MOST_MESSAGES;
  }

  private boolean tellsOfThePointer(Message message) {
    Map<String, String> about = message.attributes();
    return "OBJECT_FINALIZE".equals(about.get("eventType"))
        && bucket.equals(about.get("bucketId"))
        && pointer.equals(about.get("objectId"));
  }

  private PubSubSubscription open() throws IOException {
    if (emulator == null || emulator.isBlank()) {
      return new PubSubSubscription(SERVICE, subscription, new GoogleToken());
    }
    String url = emulator.contains("://") ? emulator : "http://" + emulator;
    return new PubSubSubscription(URI.create(url), subscription, () -> "");
  }

  @Override
  public synchronized void stop() {
    stopped.countDown();
    Thread last = listener;
    listener = null;
    if (last != null) {
      last.interrupt();
      try {
        last.join(LONGEST_FAREWELL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return listener != null;
  }

  /** With the poller. */
  @Override
  public int getPhase() {
    return 0;
  }
}
