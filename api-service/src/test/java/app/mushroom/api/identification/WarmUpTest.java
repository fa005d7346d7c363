package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import app.mushroom.api.fixture.Settings;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.InferencePool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final InferencePool pool = mock(InferencePool.class);
  private final WarmUp warmUp = new WarmUp(pool, Settings.of(Path.of("none"))); // one thread

  @Test
  void doesNotReturnWhileATaskThatWasGivenUpStillRuns() throws Exception {
    AtomicReference<Runnable> taskEnds = new AtomicReference<>();
    when(pool.run(any(), anyList(), any()))
        .thenAnswer(
            call -> {
              taskEnds.set(call.getArgument(2));
              throw new BusyException("It took too long.", Duration.ofSeconds(1));
            });
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread loader =
        new Thread(
            () -> {
              warmUp.onEach(() -> {});
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    loader.start();
    awaitWaiting(loader);
    loader.interrupt();
    Awaitility.await().until(() -> !loader.isInterrupted()); // it has noticed
    awaitWaiting(loader);
    taskEnds.get().run();
    loader.join(10_000);
    assertThat(loader.isAlive()).isFalse();
    assertThat(interrupted).as("whoever comes next may know").isTrue();
    verify(pool, times(1)).run(any(), anyList(), any());
  }

  @Test
  void returnsAtOnceWhenNobodyHasTimeForIt() throws Exception {
    when(pool.run(any(), anyList(), any()))
        .thenAnswer(
            call -> {
              call.<Runnable>getArgument(2).run(); // as the pool does with what it refuses
              throw new BusyException("Too much to do.", Duration.ofSeconds(1));
            });
    AtomicBoolean ran = new AtomicBoolean();
    warmUp.onEach(() -> ran.set(true));
    assertThat(ran).isFalse();
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
  }
}
