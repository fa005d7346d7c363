package app.mushroom.collector.search;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.search.OfferSequence.SourceEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
public record LabelOutcome(
    String label,
    int wanted,
    int before,
    int taken,
    List<Refusal> refusals,
    Map<String, Integer> skipped,
    Map<String, SourceEnd> ends) {

  public LabelOutcome {
    refusals = List.copyOf(refusals);
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    ends = Collections.unmodifiableMap(new LinkedHashMap<>(ends));
  }

  /** How many photos the label has now. */
  public int has() {
    return before + taken;
  }

  /** Why there are not as many as wanted, in a sentence for each cause; none if there are. */
  public List<String> shortfall() {
    if (has() >= wanted) {
      return List.of();
    }
    List<String> causes = new ArrayList<>();
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

  private static String cause(String source, SourceEnd end) {
    if (end instanceof SourceEnd.Failed failed) {
      return "%s stopped answering after %d photos: %s"
          .formatted(source, failed.listed(), failed.message());
    }
    return "%s has no more than the %d photos it listed."
        .formatted(source, ((SourceEnd.Exhausted) end).listed());
  }
}
