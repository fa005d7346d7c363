package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.fixture.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ModelNotificationsTest {
  private static final String SUBSCRIPTION = "projects/some-project/subscriptions/champions";
  private static final String POINTER = "some/prefix/models/mushrooms/champion.json";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger looks = new AtomicInteger();
  private FakePubSub pubSub;
  private ModelNotifications notifications;

  @BeforeEach
  void start() throws IOException {
    pubSub = new FakePubSub(SUBSCRIPTION);
  }

  @AfterEach
  void stop() {
    if (notifications != null) {
      notifications.stop();
    }
    pubSub.close();
  }

  @Test
  void doesNothingUnlessConfigured() {
    listen("", pubSub.host());
    assertThat(notifications.isRunning()).isFalse();
    assertThat(pubSub.pulls).hasValue(0);
  }

  @Test
  void hasThePollerLookWhenThePointerWasWritten() {
    listen(SUBSCRIPTION, pubSub.host());
    pubSub.publish("OBJECT_FINALIZE", "bucket", POINTER);
    await(() -> looks.get() == 1);
    await(() -> pubSub.acknowledged.containsKey("ack-1"));
    assertThat(meters.counter("mushroom.model.notices").count()).isEqualTo(1);
    notifications.stop();
    assertThat(notifications.isRunning()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "OBJECT_FINALIZE,bucket,some/prefix/models/mushrooms/3/bundle.json",
    "OBJECT_FINALIZE,bucket,models/mushrooms/champion.json",
    "OBJECT_FINALIZE,bucket,some/prefix/models/plants/champion.json",
    "OBJECT_FINALIZE,other,some/prefix/models/mushrooms/champion.json",
    "OBJECT_DELETE,bucket,some/prefix/models/mushrooms/champion.json",
    "'',bucket,../../etc/passwd"
  })
  void otherNewsIsTakenAndPassedOver(String event, String bucket, String object) {
    listen(SUBSCRIPTION, pubSub.host());
    pubSub.publish(event, bucket, object);
    await(() -> pubSub.acknowledged.containsKey("ack-1"));
    assertThat(looks).hasValue(0);
  }

  @Test
  void aStormIsTakenInBatchesWithALookEach() {
    for (int i = 0; i < 1000; i++) {
      pubSub.publish("OBJECT_FINALIZE", "bucket", POINTER);
    }
    listen(SUBSCRIPTION, pubSub.host());
    await(() -> pubSub.acknowledged.size() == 1000);
    assertThat(looks.get()).isBetween(1, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "404,'','Create it, or correct MUSHROOM_MODEL_NOTIFICATIONS'",
    "403,'',roles/pubsub.subscriber",
    "503,'',asked again",
    "200,<html>,as JSON",
    "200,'[]',as JSON"
  })
  void whatGoesWrongIsSaidOnceAndTriedAgain(
      int status, String answer, String said, CapturedOutput output) {
    pubSub.status = status;
    pubSub.answer = answer;
    listen(SUBSCRIPTION, pubSub.host());
    await(() -> meters.counter("mushroom.model.notice.failures").count() >= 1);
    assertThat(output.toString()).contains("polling goes on").contains(said);
    pubSub.status = 200;
    pubSub.answer = "";
    pubSub.publish("OBJECT_FINALIZE", "bucket", POINTER);
    await(() -> looks.get() == 1);
    assertThat(output.toString().split("polling goes on", -1)).hasSize(2);
  }

  @Test
  void nobodyThereIsNoReasonToStop() {
    String host = pubSub.host();
    pubSub.close();
    listen(SUBSCRIPTION, host);
    await(() -> meters.counter("mushroom.model.notice.failures").count() >= 1);
    assertThat(notifications.isRunning()).isTrue();
  }

  private void listen(String subscription, String host) {
    ApiProperties properties = Settings.notifiedBy("gs://bucket/some/prefix", subscription);
    notifications =
        new ModelNotifications(
            looks::incrementAndGet,
            new ModelEvents(meters, event -> {}),
            properties,
            Map.of("PUBSUB_EMULATOR_HOST", host),
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)));
    notifications.start();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
  }
}
