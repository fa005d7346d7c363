package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.QuotaMemory.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Settles our accounts with those of other runs and processes: what we spent since the last time is
 * taken from what all have left, and no account keeps more than that.
 */
final class QuotaLedger {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final QuotaMemory memory;
  private final TimeSource time;
  private final List<Account> accounts = new CopyOnWriteArrayList<>();
  private final ReentrantLock settling = new ReentrantLock();
  private volatile long settledNanos;

  QuotaLedger(QuotaMemory memory, TimeSource time) {
    this.memory = memory;
    this.time = time;
  }

  /** Adds accounts, each with no more than what was left to it. */
  void open(List<Account> opened) {
    if (!opened.isEmpty()) {
      accounts.addAll(opened);
      settle();
    }
  }

  /** Settles if that was some time ago and nobody else is at it: a slow memory delays one. */
  void settleNowAndThen() {
    if (time.nanos() - settledNanos >= EVERY.toNanos() && settling.tryLock()) {
      try {
        settle();
      } finally {
        settling.unlock();
      }
    }
  }

  void settle() {
    settling.lock();
    try {
      settledNanos = time.nanos();
      if (!accounts.isEmpty()) {
        exchange();
      }
    } finally {
      settling.unlock();
    }
  }

  private void exchange() {
    Map<Account, Long> drained = new HashMap<>();
    accounts.forEach(account -> drained.put(account, account.drain()));
    Instant now = time.now();
    Map<String, Level> settled = new HashMap<>();
    boolean kept =
        memory.change(
            before -> {
              Map<String, Level> after = new TreeMap<>(before);
              drained.forEach(
                  (account, spent) ->
                      after.put(
                          account.name(),
                          account.level(
                              before.getOrDefault(account.name(), account.full(now)), spent, now)));
              settled.clear();
              settled.putAll(after);
              return after;
            });
    drained.forEach(
        (account, spent) -> {
          Level level = settled.get(account.name());
          if (!kept) {
            account.undrain(spent);
          } else if (level != null) {
            account.limitTo(level);
          }
        });
  }
}
