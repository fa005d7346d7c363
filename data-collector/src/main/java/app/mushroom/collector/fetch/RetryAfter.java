package app.mushroom.collector.fetch;

import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** How long a host asks to be left alone: seconds or a date (RFC 9110 section 10.2.3). */
final class RetryAfter {
  /** Nobody means more; longer is held to be a slip. */
  private static final Duration MAX = Duration.ofDays(1);

  private RetryAfter() {}

  /** Null if the host does not say, or says what cannot be understood. */
  static @Nullable Duration parse(@Nullable String value, Instant now) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = value.trim();
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > 9 ? MAX : limited(Duration.ofSeconds(Long.parseLong(text)));
    }
    Instant date = DateUtils.parseStandardDate(text);
    return date == null ? null : limited(Duration.between(now, date));
  }

  private static Duration limited(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(MAX) > 0 ? MAX : asked;
  }
}
