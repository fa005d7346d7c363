package app.mushroom.trainer.runs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of runs: the time, so that they sort, and four digits against two at once. */
public final class RunNames {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunNames() {}

  public static String make(Instant now) {
    int random = ThreadLocalRandom.current().nextInt(0x10000);
    return STAMP.format(now) + "-" + String.format("%04x", random);
  }
}
