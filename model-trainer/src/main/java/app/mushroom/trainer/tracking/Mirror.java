package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The background thread that brings the server up to date. What waits for it is a set of names, so
 * it cannot grow without bound; the content is read from the store when its turn comes.
 */
final class Mirror {

  private static final long LOOK_EVERY_MILLIS = 50;

  private final MlflowSync sync;
  private final Pauses pauses;
  private final Duration patience;
  private final Consumer<String> notices;
  private final Queue<String> pendingNotices = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::work, "mlflow");

  // Guarded by this. Run records come before the models that came of them.
  private final TreeSet<Subject> waiting = new TreeSet<>();
  private final TreeSet<String> runs = new TreeSet<>();
  private boolean ending;
  private boolean abandoned;
  private int failuresAtTheEnd;
  private boolean refused;
  private boolean idle = true;
  private String lastFailure = "no answer yet";

  /** What can be out of date on the server. */
  record Subject(boolean isModel, String name) implements Comparable<Subject> {

    /** The run or model that a stored object tells about, if it does. */
    static Optional<Subject> of(ObjectKey key) {
      List<String> parts = List.of(key.value().split("/", -1));
      if (parts.size() == 3 && parts.get(0).equals("models")) {
        return key.name().equals("champion.json")
            ? Optional.of(new Subject(true, parts.get(1)))
            : Optional.empty();
      }
      boolean record =
          parts.size() >= 3 && parts.get(0).equals("runs") && !parts.get(2).equals("checkpoint");
      return record ? Optional.of(new Subject(false, parts.get(1))) : Optional.empty();
    }

    @Override
    public int compareTo(Subject other) {
      int kinds = Boolean.compare(isModel, other.isModel);
      return kinds != 0 ? kinds : name.compareTo(other.name);
    }
  }

  /**
   * Between attempts: doubling from the first to the longest.
   *
   * @param ending between the last attempts, while the process waits to exit
   * @param attemptsAtTheEnd that may fail before the process exits all the same
   */
  record Pauses(Duration first, Duration longest, Duration ending, int attemptsAtTheEnd) {
    static final Pauses DEFAULT =
        new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(2), Duration.ofSeconds(2), 2);
  }

  /**
   * @param patience how long {@link #close} waits for a server that answers nothing
   */
  Mirror(MlflowSync sync, Pauses pauses, Duration patience, Consumer<String> notices) {
    this.sync = sync;
    this.pauses = pauses;
    this.patience = patience;
    this.notices = notices;
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, failure) -> refuse("unexpected failure: " + failure));
    thread.start();
  }

  /** Something was written to the store. */
  void written(ObjectKey key) {
    Subject.of(key).ifPresent(this::wake);
    tell();
  }

  /** A run may be out of date on the server. */
  void wake(String run) {
    wake(new Subject(false, run));
  }

  private synchronized void wake(Subject subject) {
    waiting.add(subject);
    if (!subject.isModel()) {
      runs.add(subject.name());
    }
    notifyAll();
  }

  private void work() {
    Duration pause = pauses.first();
    boolean away = false;
    while (true) {
      Optional<Subject> next = next();
      if (next.isEmpty()) {
        return;
      }
      try {
        sync.bringUpToDate(next.get(), pendingNotices::add);
        if (away) {
          away = false;
          pendingNotices.add("MLflow at " + sync.location() + " answers again; nothing is lost.");
        }
        pause = pauses.first();
      } catch (MlflowException e) {
        if (!e.isTransient()) {
          refuse(words(e));
          return;
        }
        away = failed(next.get(), e, away);
        pause = rest(pause);
      } catch (IOException | UncheckedIOException e) {
        away = failed(next.get(), e, away);
        pause = rest(pause);
      }
    }
  }

  /** What to do next; empty when the process ends and nothing waits. */
  private synchronized Optional<Subject> next() {
    idle = true;
    notifyAll();
    while (waiting.isEmpty() && !ending) {
      if (!await(0)) {
        return Optional.empty();
      }
    }
    if (abandoned || Thread.currentThread().isInterrupted()) {
      return Optional.empty();
    }
    Subject first = waiting.pollFirst();
    idle = first == null;
    return Optional.ofNullable(first);
  }

  private synchronized boolean failed(Subject subject, Exception failure, boolean away) {
    waiting.add(subject);
    failuresAtTheEnd += ending ? 1 : 0;
    abandoned |= failuresAtTheEnd >= pauses.attemptsAtTheEnd();
    lastFailure = String.valueOf(failure.getMessage());
    if (!away) {
      pendingNotices.add(
          "MLflow at "
              + sync.location()
              + " does not answer ("
              + lastFailure
              + "). Going on; it gets what it missed when it is back.");
    }
    return true;
  }

  /** Waits before the next attempt; the end of the process cuts it short. */
  private synchronized Duration rest(Duration pause) {
    boolean last = ending;
    long until = System.nanoTime() + (last ? pauses.ending() : pause).toNanos();
    for (long left = until - System.nanoTime();
        left > 0 && ending == last;
        left = until - System.nanoTime()) {
      if (!await(left / 1_000_000 + 1)) {
        return pause;
      }
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(pauses.longest()) > 0 ? pauses.longest() : doubled;
  }

  @SuppressWarnings("WaitNotInLoop") // its callers loop
  private synchronized boolean await(long millis) {
    try {
      wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String words(MlflowException refusal) {
    return refusal.isUnauthorised()
        ? refusal.getMessage()
            + " Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
            + " MLFLOW_TRACKING_TOKEN."
        : String.valueOf(refusal.getMessage());
  }

  private synchronized void refuse(String why) {
    refused = true;
    lastFailure = why;
    waiting.clear();
    pendingNotices.add(
        "MLflow at " + sync.location() + " refuses (" + why + "). Going on without it. " + later());
    notifyAll();
  }

  /** Whether the server has everything that was asked for. */
  synchronized boolean isComplete() {
    return !refused && waiting.isEmpty() && idle;
  }

  /** Waits until the server has everything, as long as it answers, and says so if it has not. */
  void close() {
    synchronized (this) {
      ending = true;
      notifyAll();
    }
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      abandoned = true;
      if (!refused && !isComplete()) {
        pendingNotices.add(
            "MLflow at %s did not get everything (%s). %s"
                .formatted(sync.location(), lastFailure, later()));
      }
    }
    tell();
  }

  private void awaitEnd() throws InterruptedException {
    long answers = sync.answers();
    long since = System.nanoTime();
    while (thread.isAlive() && System.nanoTime() - since < patience.toNanos()) {
      thread.join(LOOK_EVERY_MILLIS);
      if (sync.answers() != answers) {
        answers = sync.answers();
        since = System.nanoTime();
      }
    }
  }

  private synchronized String later() {
    return "The run record in the store is complete; to send it: mushroom runs send "
        + (runs.isEmpty() ? "RUN" : String.join(" ", runs));
  }

  /** On the caller's thread: a console belongs to it. */
  private void tell() {
    for (String line = pendingNotices.poll(); line != null; line = pendingNotices.poll()) {
      notices.accept(line);
    }
  }
}
