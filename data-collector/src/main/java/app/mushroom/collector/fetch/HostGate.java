package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets requests to a host (or a group of them) through, one after the other, as its rules say. Who
 * comes first goes first.
 */
final class HostGate {

  /** Whoever would have to wait longer gives up, so that a collector never seems to hang. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HostRules rules;
  private final TimeSource time;
  private final Allowance requests;
  private final Allowance bytes;
  private final ReentrantLock door = new ReentrantLock(true);
  private final Semaphore lanes;

  /** When each free lane may be used again. */
  private final PriorityQueue<Long> free = new PriorityQueue<>();

  private long heldUntil;
  private long gap;
  private boolean oneAtATime;
  private int turnedAway;

  HostGate(HostRules rules, TimeSource time) {
    this.rules = rules;
    this.time = time;
    this.requests = new Allowance(rules.group() + " requests", rules.requests(), time);
    this.bytes = new Allowance(rules.group() + " bytes", rules.bytes(), time);
    this.lanes = new Semaphore(rules.lanes());
    this.heldUntil = time.nanos();
    this.gap = rules.gap().toNanos();
    free.addAll(Collections.nCopies(rules.lanes(), heldUntil));
  }

  /**
   * Waits for a turn.
   *
   * @param maxBytes that may come in it
   * @throws FetchException if it would not come within {@link #PATIENCE}
   */
  Turn enter(long maxBytes) throws FetchException, InterruptedException {
    door.lockInterruptibly();
    try {
      int width = width();
      lanes.acquire(width);
      boolean entered = false;
      try {
        for (long wait = nanosUntilTurn(width, maxBytes);
            wait > 0;
            wait = nanosUntilTurn(width, maxBytes)) {
          requirePatience(wait);
          time.sleep(wait);
        }
        requests.take(1);
        bytes.take(maxBytes);
        takeLanes(width);
        entered = true;
      } finally {
        if (!entered) {
          lanes.release(width);
        }
      }
      return new Turn(time, (seen, brought) -> leave(width, seen, maxBytes - brought));
    } finally {
      door.unlock();
    }
  }

  /** What is left of the host's quotas. */
  List<Account> accounts() {
    return Stream.of(requests, bytes).flatMap(kind -> kind.accounts().stream()).toList();
  }

  /** Lets nobody through for a while, as the host asks. */
  synchronized void hold(Duration asked) {
    heldUntil = Math.max(heldUntil, time.nanos() + asked.toNanos());
  }

  /** Something else than 429 came. */
  synchronized void answered() {
    turnedAway = 0;
  }

  /** Another fetch was answered 429 each time; how many are there, with none else between? */
  synchronized int turnedAway() {
    return ++turnedAway;
  }

  /** Keeps at least that between any two requests from now on, and only one under way. */
  synchronized void slowDown(Duration crawlDelay) {
    if (crawlDelay.toNanos() <= gap / rules.lanes()) {
      return;
    }
    oneAtATime = true;
    long longer = Math.max(0, crawlDelay.toNanos() - gap);
    gap += longer;
    // Also for what came before: the host's robots.txt itself, as a rule.
    List<Long> later = free.stream().map(until -> until + longer).toList();
    free.clear();
    free.addAll(later);
  }

  /** How many lanes the next request takes up. */
  private synchronized int width() {
    return oneAtATime ? rules.lanes() : 1;
  }

  private synchronized long nanosUntilTurn(int width, long maxBytes) {
    long now = time.nanos();
    long lane = width == 1 ? free.element() : Collections.max(free);
    long until = Math.max(heldUntil, lane) - now;
    return Math.max(until, Math.max(requests.nanosUntil(1), bytes.nanosUntil(maxBytes)));
  }

  private void requirePatience(long wait) throws FetchException {
    if (wait > PATIENCE.toNanos()) {
      Instant until = time.now().plusNanos(wait);
      throw FetchException.leftAlone(
          Reason.TOO_MANY_REQUESTS,
          "%s may be asked again after %s; run again then.".formatted(rules.group(), until),
          until);
    }
  }

  private synchronized void takeLanes(int width) {
    for (int i = 0; i < width; i++) {
      free.remove();
    }
  }

  private void leave(int width, long seen, long unusedBytes) {
    synchronized (this) {
      free.addAll(Collections.nCopies(width, seen + gap));
    }
    bytes.giveBack(unusedBytes);
    lanes.release(width);
  }
}
