package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.fixture.Settings;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferencePoolTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InferencePool pool = new InferencePool(settings(1, 1), meters);

  private static ApiProperties settings(int threads, int queue) {
    ApiProperties defaults = Settings.of(Path.of("none"));
    return new ApiProperties(
        defaults.store(),
        defaults.corsOrigins(),
        defaults.model(),
        Settings.inference(threads, queue, Duration.ofSeconds(1)),
        defaults.recent());
  }

  @AfterEach
  void stop() {
    release.countDown();
    pool.close();
  }

  @Test
  void runsWorkAndHandsItsFailuresOn() throws Exception {
    assertThat(pool.<Integer>run(() -> 42)).isEqualTo(42);
    var rejected = new PhotoRejectedException(PhotoRejectedException.Reason.EMPTY, "empty");
    assertThatThrownBy(
            () ->
                pool.run(
                    () -> {
                      throw rejected;
                    }))
        .isSameAs(rejected);
    assertThatThrownBy(
            () ->
                pool.run(
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                pool.run(
                    () -> {
                      throw new OutOfMemoryError();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(pool.<Integer>run(() -> 43)).isEqualTo(43);
  }

  @Test
  void refusesWhatCannotBeginInTimeAndNeverRunsIt() throws Exception {
    Thread hung = occupy();
    AtomicBoolean ran = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                pool.run(
                    () -> {
                      ran.set(true);
                      return 1;
                    }))
        .isInstanceOf(BusyException.class);
    assertThat(meters.get("mushroom.inference.queue").gauge().value())
        .as("the place in the queue is free again")
        .isZero();
    release.countDown();
    hung.join();
    assertThat(pool.<Integer>run(() -> 1)).isEqualTo(1);
    assertThat(ran).isFalse();
  }

  @Test
  void refusesAtOnceWhenTheQueueIsFull() throws Exception {
    Thread hung = occupy();
    Thread waiting = new Thread(() -> runWhateverComes(() -> 1));
    waiting.start();
    org.awaitility.Awaitility.await()
        .until(() -> meters.get("mushroom.inference.queue").gauge().value() == 1);
    assertThatThrownBy(() -> pool.run(() -> 1))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("Try again");
    release.countDown();
    waiting.join();
    hung.join();
  }

  /** Fills the only thread until released. */
  private Thread occupy() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () ->
                runWhateverComes(
                    () -> {
                      begun.countDown();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return 0;
                    }));
    caller.start();
    begun.await();
    return caller;
  }

  private void runWhateverComes(InferencePool.Work<Integer> work) {
    try {
      pool.run(work);
    } catch (BusyException | PhotoRejectedException | IOException e) {
      // what these callers see is not what is tested
    }
  }

  @Test
  void aHungThreadCostsItsCallerNoMoreThanTheLimit() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                pool.run(
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return 0;
                    }))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("took too long");
  }
}
