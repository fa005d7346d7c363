package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import app.mushroom.api.access.Caller;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedRequestsTest {
  private static final String KEY = "0198c5c2-7d11-7c3e-9d4f-1c2b3a495867";

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final InstantSource time = () -> now;
  private final RepeatedRequests requests = new RepeatedRequests(time.withZone(ZoneOffset.UTC));
  private int looks;

  @Test
  void theSameRequestIsLookedAtOnce() throws Exception {
    Identification first = ask(KEY, "me", 5, "photo");
    assertThat(ask(KEY, "me", 5, "photo")).isSameAs(first);
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void otherPhotosOtherQuestionsAndOtherCallersAreNewUnderTheSameKey() throws Exception {
    ask(KEY, "me", 5, "photo");
    ask(KEY, "me", 5, "other");
    ask(KEY, "me", 5, "photo", "photo");
    ask(KEY, "me", 6, "photo");
    ask(KEY, "somebody", 5, "photo");
    assertThat(looks).isEqualTo(5);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "short", "with spaces in it all over", "../../../../etc/passwd"})
  void withoutAProperKeyEachRequestStandsForItself(@Nullable String key) throws Exception {
    ask(key, "me", 5, "photo");
    ask(key, "me", 5, "photo");
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void aRepetitionWaitsForTheFirstThatIsStillUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Query query = query("me", 5, "photo");
    FutureTask<Identification> first =
        new FutureTask<>(
            () ->
                requests.answer(
                    KEY,
                    query,
                    asked -> {
                      begun.countDown();
                      await(release);
                      return mock(Identification.class);
                    }));
    new Thread(first).start();
    begun.await();
    FutureTask<Identification> again = new FutureTask<>(() -> ask(KEY, "me", 5, "photo"));
    Thread waiting = new Thread(again);
    waiting.start();
    Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    assertThat(again.get()).isSameAs(first.get());
    assertThat(looks).isZero();
  }

  @Test
  void aFailureIsNotRepeated() throws Exception {
    assertThatThrownBy(
            () ->
                requests.answer(
                    KEY,
                    query("me", 5, "photo"),
                    asked -> {
                      throw new IOException("torn");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(ask(KEY, "me", 5, "photo")).isNotNull();
    assertThat(looks).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void forgetsAfterAWhile() throws Exception {
    ask(KEY, "me", 5, "photo");
    now = now.plus(RepeatedRequests.KEEP);
    ask(KEY, "me", 5, "photo");
    assertThat(looks).as("just in time").isEqualTo(1);
    now = now.plusMillis(1);
    ask(KEY, "me", 5, "photo");
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void theOldestAreForgottenWhereThereAreTooMany() throws Exception {
    ask(KEY, "me", 5, "photo");
    for (int i = 0; i < RepeatedRequests.MOST; i++) {
      ask(KEY, "caller " + i, 5, "photo");
    }
    int before = looks;
    ask(KEY, "me", 5, "photo");
    assertThat(looks).isEqualTo(before + 1);
  }

  private Identification ask(@Nullable String key, String caller, int limit, String... photos)
      throws Exception {
    return requests.answer(
        key,
        query(caller, limit, photos),
        query -> {
          looks++;
          return mock(Identification.class);
        });
  }

  private static Query query(String caller, int limit, String... photos) {
    return new Query(
        List.of(photos).stream().<PhotoSource>map(photo -> photo::getBytes).toList(),
        limit,
        new Caller(caller));
  }
}
