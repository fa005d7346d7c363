package app.mushroom.collector.fetch;

import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Keeps what is left of hosts' quotas, for later runs and other processes. Safe for threads. */
public interface QuotaMemory {
  /** Every run begins anew. */
  QuotaMemory NONE = change -> true;

  /**
   * What is left of a quota.
   *
   * @param left requests or bytes; below 0 where more was spent than could be had
   * @param at when that was so
   */
  record Level(double left, Instant at) {}

  /**
   * Replaces what is kept, as if nobody else changed it meanwhile.
   *
   * @param change is given the level of each quota by its name, and returns them; it may be asked
   *     more than once, and is given none where nothing usable is kept
   * @return false if nothing could be kept
   */
  boolean change(UnaryOperator<Map<String, Level>> change);
}
