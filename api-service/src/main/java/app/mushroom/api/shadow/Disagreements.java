package app.mushroom.api.shadow;

import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.PoisonFlag;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts where a challenger would have answered otherwise: as metrics, and once a day as a line for
 * people. Counts and label names only, nothing of a photo or of who sent it.
 */
final class Disagreements {
  private static final Logger log = LoggerFactory.getLogger(Disagreements.class);
  private static final Duration BETWEEN_LINES = Duration.ofDays(1);
  private static final int MOST_PAIRS = 500;
  private static final int PAIRS_IN_LINE = 5;
  private static final String OTHERS = "others";

  private final String version;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<String, Integer> answers = new LinkedHashMap<>();
  private final Map<String, Integer> flags = new TreeMap<>();
  private Instant nextLine;
  private int compared;

  Disagreements(String version, MeterRegistry meters, Clock clock) {
    this.version = version;
    this.meters = meters;
    this.clock = clock;
    this.nextLine = clock.instant().plus(BETWEEN_LINES);
  }

  synchronized void count(Assessment serving, Assessment challenger) {
    compared++;
    meters.counter("mushroom.shadow.compared").increment();
    meters
        .counter(
            "mushroom.shadow.flags",
            "serving",
            lower(serving.flag()),
            "challenger",
            lower(challenger.flag()))
        .increment();
    if (serving.flag() != challenger.flag()) {
      add(flags, lower(serving.flag()) + " → " + lower(challenger.flag()));
    }
    boolean sameAnswer =
        serving.rank() == challenger.rank()
            && Objects.equals(serving.answer(), challenger.answer());
    if (!sameAnswer) {
      meters.counter("mushroom.shadow.answers.differ").increment();
      add(answers, answer(serving) + " → " + answer(challenger));
    }
    if (!clock.instant().isBefore(nextLine)) {
      report();
    }
  }

  private static void add(Map<String, Integer> counts, String what) {
    boolean room = counts.containsKey(what) || counts.size() < MOST_PAIRS;
    counts.merge(room ? what : OTHERS, 1, Integer::sum);
  }

  /** Writes the line and begins anew. */
  synchronized void report() {
    nextLine = clock.instant().plus(BETWEEN_LINES);
    if (compared == 0) {
      return;
    }
    int differ = answers.values().stream().mapToInt(Integer::intValue).sum();
    log.info(
        "Model {} as a shadow: {} identifications compared, another answer on {}, poison flags that"
            + " differ: {}, most often: {}",
        version,
        compared,
        differ,
        flags.isEmpty() ? "none" : text(flags, flags.size()),
        answers.isEmpty() ? "none" : text(answers, PAIRS_IN_LINE));
    compared = 0;
    answers.clear();
    flags.clear();
  }

  private static String text(Map<String, Integer> counts, int most) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String answer(Assessment assessment) {
    String answer = assessment.answer();
    return answer == null ? "none" : answer;
  }

  private static String lower(PoisonFlag flag) {
    return flag.name().toLowerCase(Locale.ROOT);
  }
}
