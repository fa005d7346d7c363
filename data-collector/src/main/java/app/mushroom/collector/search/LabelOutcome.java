package app.mushroom.collector.search;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.search.OfferSequence.SourceEnd;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What a search brought for one label.
 *
 * @param wanted photos that the label was to have
 * @param before photos that it had before the search
 * @param taken photos that were added, or would be in a dry run
 * @param refusals photos that were not taken this time
 * @param skipped entries of the lists that were never offered: reason → how many
 * @param ends how the lists ended that were read to their end
 * @param waits hosts and sources that are to be left alone for now, each with the photos that wait
 */
public record LabelOutcome(
    String label,
    int wanted,
    int before,
    int taken,
    List<Refusal> refusals,
    Map<String, Integer> skipped,
    Map<String, SourceEnd> ends,
    Map<String, Wait> waits) {

  /**
   * Photos whose places are kept.
   *
   * @param photos how many
   * @param until when they may be asked for
   */
  public record Wait(int photos, Instant until) {

    Wait and(Wait other) {
      return new Wait(photos + other.photos, until.isAfter(other.until) ? until : other.until);
    }
  }

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public LabelOutcome {
    refusals = List.copyOf(refusals);
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    ends = Collections.unmodifiableMap(new LinkedHashMap<>(ends));
    waits = Collections.unmodifiableMap(new TreeMap<>(waits));
  }

  /** How many photos the label has now. */
  public int has() {
    return before + taken;
  }

  /** When all the photos that wait may be asked for; empty if none does. */
  public Optional<Instant> waitsUntil() {
    return waits.values().stream().map(Wait::until).max(Comparator.naturalOrder());
  }

  /** A time as people read it. */
  public static String shown(Instant time) {
    return WHEN.format(time);
  }

  /** Why there are not as many as wanted, in a sentence for each cause; none if there are. */
  public List<String> shortfall() {
    if (has() >= wanted) {
      return List.of();
    }
    List<String> causes = new ArrayList<>();
    waits.forEach((host, wait) -> causes.add(cause(host, wait)));
    ends.forEach((source, end) -> causes.add(cause(source, end)));
    Map<String, Integer> counts = Refusal.counts(refusals);
    if (!counts.isEmpty()) {
      StringJoiner words = new StringJoiner(", ", "Refused: ", ".");
      counts.forEach((reason, count) -> words.add(count + " " + reason.replace('_', ' ')));
      causes.add(words.toString());
    }
    if (!skipped.isEmpty()) {
      StringJoiner words = new StringJoiner(", ", "Left out of the lists: ", ".");
      skipped.forEach((reason, count) -> words.add(count + " " + reason.replace('_', ' ')));
      causes.add(words.toString());
    }
    return causes;
  }

  private static String cause(String host, Wait wait) {
    return "%s asks to be left alone until %s: %d %s kept for its photos, and nothing was recorded of them."
        .formatted(
            host,
            shown(wait.until()),
            wait.photos(),
            wait.photos() == 1 ? "place is" : "places are");
  }

  private static String cause(String source, SourceEnd end) {
    if (end instanceof SourceEnd.Failed failed) {
      return "%s stopped answering after %d photos: %s"
          .formatted(source, failed.listed(), failed.message());
    }
    return "%s has no more than the %d photos it listed."
        .formatted(source, ((SourceEnd.Exhausted) end).listed());
  }
}
