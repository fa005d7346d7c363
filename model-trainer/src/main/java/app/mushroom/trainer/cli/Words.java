package app.mushroom.trainer.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures, times and durations as tables show them; a dash for what is not known. */
final class Words {

  static final String NONE = "-";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** A share in per cent, with one decimal. */
  static String percent(@Nullable Double share) {
    return share == null || share.isNaN()
        ? NONE
        : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String number(@Nullable Double value) {
    return value == null || value.isNaN() ? NONE : String.format(Locale.ROOT, "%.3f", value);
  }

  /** In UTC. */
  static String time(Instant time) {
    return MINUTE.format(time);
  }

  static String duration(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes == 0) {
      return duration.toSeconds() + " s";
    }
    return minutes < 60 ? minutes + " min" : "%d h %02d".formatted(minutes / 60, minutes % 60);
  }

  static String orNone(@Nullable Object value) {
    return value == null ? NONE : value.toString();
  }
}
