package app.mushroom.trainer.promotion;

import app.mushroom.storage.JsonDocument;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version became champion, and why.
 *
 * @param version that wanted to be
 * @param champion what it was measured against; null if there was none
 * @param reason a sentence
 * @param checks everything that was looked at
 * @param comparison the numbers; null if there was no champion or no way to compare
 */
public record PromotionDecision(
    String model,
    String version,
    @Nullable String champion,
    Instant decided,
    Outcome outcome,
    String reason,
    List<Check> checks,
    @Nullable Comparison comparison) {

  /** What became of it. */
  public enum Outcome {
    /** It is the champion now. */
    PROMOTED,
    /** It is the champion now, although a check failed. */
    FORCED,
    /** It stays published only. */
    KEPT_BACK,
    /** Somebody else changed the champion meanwhile; it stays published only. */
    LOST,
    /** It was the champion before. */
    CHAMPION_ALREADY;

    @JsonValue
    String json() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the version is the champion now. */
    public boolean isChampion() {
      return this != KEPT_BACK && this != LOST;
    }
  }

  /** {@code runs/<run>/promotion.json}: every decision about what came of a run, newest first. */
  public record History(int schemaVersion, List<PromotionDecision> decisions) {

    static final String FILE = "promotion.json";
    private static final int MOST = 50;

    public History {
      decisions = List.copyOf(decisions);
    }

    History with(PromotionDecision newest) {
      List<PromotionDecision> all = new ArrayList<>();
      all.add(newest);
      all.addAll(decisions.subList(0, Math.min(decisions.size(), MOST - 1)));
      return new History(JsonDocument.SCHEMA_VERSION, all);
    }
  }

  public PromotionDecision {
    checks = List.copyOf(checks);
  }

  /** The decision in a few words. */
  public String inShort() {
    return switch (outcome) {
      case PROMOTED -> "promoted";
      case FORCED -> "promoted by force";
      case CHAMPION_ALREADY -> "champion";
      case LOST -> "not promoted: somebody else was faster";
      case KEPT_BACK ->
          "not promoted: "
              + checks.stream()
                  .filter(check -> !check.passed())
                  .map(Check::name)
                  .collect(Collectors.joining(", "));
    };
  }

  /** The decision in full, for people: what happened, then what was looked at. */
  public List<String> sentences() {
    List<String> lines = new ArrayList<>();
    lines.add(reason);
    for (Check check : checks) {
      lines.add((check.passed() ? "  + " : "  - ") + check.sentence());
    }
    if (comparison != null) {
      lines.add("    " + comparison.basis());
    }
    if (outcome == Outcome.KEPT_BACK) {
      lines.add(
          "  To serve it all the same: mushroom models promote "
              + version
              + " --model "
              + model
              + " --force --reason \"…\"");
    }
    return lines;
  }
}
