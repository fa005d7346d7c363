package app.mushroom.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.access.Caller;
import app.mushroom.api.fixture.Settings;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferencePoolTest {
  private static final Caller ANN = new Caller("ann");
  private static final Caller BEN = new Caller("ben");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch release = new CountDownLatch(1);
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Thread> callers = new ArrayList<>();
  private InferencePool pool = pool(1, 1, LONG, LONG, 1, LONG, 0);

  private InferencePool pool(
      int threads,
      int queue,
      Duration startWithin,
      Duration limit,
      double share,
      Duration stalledAfter,
      int spares) {
    meters = new SimpleMeterRegistry();
    ApiProperties defaults = Settings.of(Path.of("none"));
    return new InferencePool(
        new ApiProperties(
            defaults.store(),
            defaults.corsOrigins(),
            defaults.model(),
            new ApiProperties.Inference(
                threads, queue, startWithin, limit, share, stalledAfter, spares),
            defaults.clients(),
            defaults.seen(),
            defaults.recent()),
        meters);
  }

  private void use(InferencePool other) {
    pool.close();
    pool = other;
  }

  @AfterEach
  void stop() throws InterruptedException {
    release.countDown();
    pool.close();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  @Test
  void runsWorkAndHandsItsFailuresOn() throws Exception {
    assertThat(pool.<Integer>run(ANN, () -> 42)).isEqualTo(42);
    var rejected = new PhotoRejectedException(PhotoRejectedException.Reason.EMPTY, "empty");
    assertThatThrownBy(() -> pool.run(ANN, failing(rejected))).isSameAs(rejected);
    assertThatThrownBy(() -> pool.run(ANN, failing(new IOException("gone"))))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                pool.run(
                    ANN,
                    () -> {
                      throw new OutOfMemoryError();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(pool.<Integer>run(ANN, () -> 43)).isEqualTo(43);
  }

  @Test
  void noErrorEndsTheThreadThatItStrikes() throws Exception {
    for (Error error :
        List.of(new NoClassDefFoundError(), new AssertionError(), new IOError(null))) {
      AtomicInteger ends = new AtomicInteger();
      List<Work<Integer>> works =
          List.of(
              () -> {
                throw error;
              });
      assertThatThrownBy(() -> pool.run(ANN, works, ends::incrementAndGet)).hasCause(error);
      assertThat(ends).hasValue(1);
    }
    List<Work<Integer>> one = List.of(() -> 1);
    assertThat(
            pool.run(
                ANN,
                one,
                () -> {
                  throw new IllegalStateException("cannot be let go");
                }))
        .containsExactly(1);
    assertThat(pool.<Integer>run(ANN, () -> 43)).isEqualTo(43);
  }

  private static Work<Integer> failing(Exception failure) {
    return () -> {
      if (failure instanceof IOException e) {
        throw e;
      }
      throw (PhotoRejectedException) failure;
    };
  }

  @Test
  void photosOfOneRequestAreLookedAtInOrderAndTheEndIsToldOnce() throws Exception {
    AtomicInteger ends = new AtomicInteger();
    List<Work<Integer>> works = List.of(() -> 1, () -> 2, () -> 3);
    assertThat(pool.run(ANN, works, ends::incrementAndGet)).containsExactly(1, 2, 3);
    assertThat(ends).hasValue(1);
    List<Work<Integer>> failing =
        List.of(
            () -> 1,
            () -> {
              throw new IOException("torn");
            },
            () -> 3);
    assertThatThrownBy(() -> pool.run(ANN, failing, ends::incrementAndGet))
        .isInstanceOf(IOException.class);
    assertThat(ends).hasValue(2);
  }

  @Test
  void refusesAtOnceWhenTheQueueIsFull() throws Exception {
    occupy();
    ask(ANN, () -> 1);
    awaitQueue(1);
    AtomicInteger ends = new AtomicInteger();
    assertThatThrownBy(() -> pool.run(ANN, List.of(() -> 1), ends::incrementAndGet))
        .isInstanceOfSatisfying(
            BusyException.class, e -> assertThat(e.retryAfterSeconds()).isBetween(1L, 60L))
        .hasMessageContaining("Wait");
    assertThat(ends).hasValue(1);
    assertThatThrownBy(() -> pool.run(BEN, () -> 1))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("Try again");
    assertThatThrownBy(() -> pool.requireRoom(BEN, 0)).isInstanceOf(BusyException.class);
    assertThat(refused("queue_full")).isEqualTo(2);
  }

  @Test
  void refusesOnArrivalWhatCannotBeAnsweredInTime() throws Exception {
    use(pool(1, 100, Duration.ofSeconds(2), LONG, 1, LONG, 0));
    occupy();
    for (int i = 0; i < 19; i++) { // until measured a photo is taken for 100 ms
      ask(ANN, () -> 1);
    }
    awaitQueue(19);
    assertThatThrownBy(() -> pool.run(ANN, () -> 1)).isInstanceOf(BusyException.class);
    assertThat(refused("too_late")).isEqualTo(1);
    List<Work<Integer>> many = Collections.nCopies(10, () -> 1);
    assertThatThrownBy(() -> pool.run(BEN, many, () -> {}))
        .as("more photos take longer")
        .isInstanceOf(BusyException.class);
    assertThat(refused("too_late")).isEqualTo(2);
    pool.requireRoom(BEN, 0); // one photo would have its turn after the first of the other caller's
  }

  @Test
  void onlyPhotosThatWereLookedAtSayHowLongTheNextWillTake() throws Exception {
    use(pool(1, 100, Duration.ofSeconds(2), LONG, 1, LONG, 0));
    var rejected = new PhotoRejectedException(PhotoRejectedException.Reason.EMPTY, "empty");
    for (int i = 0; i < 100; i++) {
      assertThat(pool.<Integer>run(ANN, () -> 1)).as("seen before").isEqualTo(1);
      assertThatThrownBy(() -> pool.run(ANN, failing(rejected))).isSameAs(rejected);
    }
    assertThat(gauge("photo.millis")).as("still the guess").isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      pool.run(ANN, this::look);
    }
    assertThat(gauge("photo.millis")).isLessThan(100);
  }

  private boolean look() {
    pool.photoWasLookedAt();
    return true;
  }

  @Test
  void refusesWhatHasNotBegunInTimeAndNeverRunsIt() throws Exception {
    use(pool(1, 5, Duration.ofMillis(300), LONG, 1, LONG, 0));
    occupy();
    AtomicInteger ran = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    assertThatThrownBy(() -> pool.run(ANN, List.of(ran::incrementAndGet), ends::incrementAndGet))
        .isInstanceOf(BusyException.class);
    assertThat(meters.get("mushroom.inference.queue").gauge().value())
        .as("the place in the queue is free again")
        .isZero();
    release.countDown();
    assertThat(pool.<Integer>run(ANN, () -> 1)).isEqualTo(1);
    assertThat(ran).hasValue(0);
    assertThat(ends).hasValue(1);
  }

  @Test
  void aGreedyCallerStarvesNobody() throws Exception {
    use(pool(1, 10, LONG, LONG, 0.5, LONG, 0));
    occupy();
    Queue<String> order = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 5; i++) {
      String name = "ann" + i;
      ask(ANN, () -> order.add(name));
      awaitQueue(i + 1);
    }
    assertThatThrownBy(() -> pool.run(ANN, () -> 1))
        .as("half of the queue is hers")
        .isInstanceOf(BusyException.class);
    assertThat(refused("caller_share")).isEqualTo(1);
    ask(BEN, () -> order.add("ben"));
    awaitQueue(6);
    release.countDown();
    await().until(() -> order.size() == 6);
    assertThat(List.copyOf(order).indexOf("ben")).isLessThanOrEqualTo(1);
  }

  @Test
  void aFullQueueMakesRoomForWhoHasLess() throws Exception {
    use(pool(1, 4, LONG, LONG, 1, LONG, 0));
    occupy();
    List<CompletableFuture<Integer>> hers =
        IntStream.range(0, 4)
            .mapToObj(
                i -> {
                  CompletableFuture<Integer> answer = ask(ANN, () -> i);
                  awaitQueue(i + 1);
                  return answer;
                })
            .toList();
    CompletableFuture<Integer> his = ask(BEN, () -> 7);
    await().until(() -> hers.get(3).isCompletedExceptionally());
    release.countDown();
    assertThat(his.join()).isEqualTo(7);
    assertThat(hers.get(0).join()).isZero();
  }

  @Test
  void manyPhotosDoNotHoldUpOthers() throws Exception {
    use(pool(1, 10, LONG, LONG, 1, LONG, 0));
    occupy();
    Queue<String> order = new ConcurrentLinkedQueue<>();
    Work<Boolean> photo = () -> order.add("photo");
    ask(ANN, List.of(photo, photo, photo, photo, photo));
    awaitQueue(1);
    ask(BEN, () -> order.add("ben"));
    awaitQueue(2);
    release.countDown();
    await().until(() -> order.size() == 6);
    assertThat(List.copyOf(order).indexOf("ben")).isEqualTo(1);
  }

  @Test
  void aHungPhotoCostsItsCallerTheLimitAndOthersNothing() throws Exception {
    use(pool(1, 5, LONG, Duration.ofMillis(600), 1, Duration.ofMillis(50), 1));
    AtomicInteger ends = new AtomicInteger();
    CompletableFuture<Boolean> hung = ask(ANN, List.of(this::hang), ends);
    await().until(() -> gauge("active") == 1);
    assertThat(pool.<Integer>run(BEN, () -> 1)).as("by the spare").isEqualTo(1);
    await().until(hung::isCompletedExceptionally);
    assertThatThrownBy(hung::join)
        .hasRootCauseInstanceOf(BusyException.class)
        .hasMessageContaining("took too long");
    await().until(() -> gauge("hung") == 1);
    assertThat(pool.isHung()).isFalse();
    assertThat(ends).as("it still runs").hasValue(0);

    CompletableFuture<Boolean> second = ask(ANN, List.of(this::hang), ends);
    await().until(pool::isHung);
    assertThatThrownBy(() -> pool.run(BEN, () -> 1))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("Nothing can be looked at");
    assertThat(second).isCompletedExceptionally();
    assertThat(meters.get("mushroom.inference.hangs").counter().count()).isEqualTo(2);

    release.countDown();
    await().until(() -> !pool.isHung() && ends.get() == 2);
    assertThat(pool.<Integer>run(BEN, () -> 2)).isEqualTo(2);
    await().until(() -> gauge("threads") == 1);
  }

  @Test
  void aStopRefusesWhatWaits() throws Exception {
    occupy();
    CompletableFuture<Integer> waiting = ask(ANN, () -> 1);
    awaitQueue(1);
    pool.close();
    await().until(waiting::isCompletedExceptionally);
    assertThatThrownBy(() -> pool.run(ANN, () -> 1))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("stopping");
  }

  /** Fills the only thread until released. */
  private void occupy() {
    ask(new Caller("occupant"), List.of(this::hang));
    await().until(() -> gauge("active") == 1);
  }

  private boolean hang() {
    boolean interrupted = false;
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private <R> CompletableFuture<R> ask(Caller caller, Work<R> work) {
    return ask(caller, List.of(work));
  }

  private <R> CompletableFuture<R> ask(Caller caller, List<Work<R>> works) {
    return ask(caller, works, new AtomicInteger());
  }

  private <R> CompletableFuture<R> ask(Caller caller, List<Work<R>> works, AtomicInteger ends) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(pool.run(caller, works, ends::incrementAndGet).get(0));
              } catch (RuntimeException | PhotoRejectedException | IOException e) {
                answer.completeExceptionally(e);
              }
            });
    callers.add(thread);
    thread.start();
    return answer;
  }

  private static org.awaitility.core.ConditionFactory await() {
    return org.awaitility.Awaitility.await().pollInterval(Duration.ofMillis(5));
  }

  private void awaitQueue(int waiting) {
    await().until(() -> gauge("queue") == waiting);
  }

  private double gauge(String name) {
    return meters.get("mushroom.inference." + name).gauge().value();
  }

  private double refused(String reason) {
    return meters.get("mushroom.inference.refused").tag("reason", reason).counter().count();
  }
}
