package app.mushroom.api.access;

import java.time.Duration;
import java.util.List;

/** Whether a request is let in. */
public sealed interface Decision {

  /**
   * It is.
   *
   * @param remaining what is left of each limit; empty where there is none
   */
  record Admitted(Grant grant, List<Remaining> remaining) implements Decision {}

  /** It came with a key that nobody here knows. */
  record UnknownKey() implements Decision {}

  /** It came without a key, and needs one. */
  record KeyMissing() implements Decision {}

  /** Its key is for something else. */
  record ScopeMissing(Scope scope) implements Decision {}

  /**
   * It came too soon.
   *
   * @param retryAfter when it may come again
   */
  record QuotaSpent(Duration retryAfter, List<Remaining> remaining) implements Decision {}
}
