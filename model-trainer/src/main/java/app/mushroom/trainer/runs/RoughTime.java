package app.mushroom.trainer.runs;

import java.time.Duration;

/** Durations as people say them: {@code 76 s}, {@code 12 min}, {@code 3 h 20 min}. */
public final class RoughTime {

  private RoughTime() {}

  /** In seconds below two minutes, in minutes below two hours. */
  public static String of(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
