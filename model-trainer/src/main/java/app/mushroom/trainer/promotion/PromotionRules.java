package app.mushroom.trainer.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a new version must not be worse at: poison recall may not be lower at all, poison cost and
 * macro-F1 not beyond noise, and no label may be forgotten.
 */
final class PromotionRules {

  private static final int NAMED_LABELS = 5;

  private PromotionRules() {}

  /** Labels that the new version does not know are not in its test split: nothing measures them. */
  static Check labels(List<String> champion, List<String> candidate) {
    SortedSet<String> forgotten = new TreeSet<>(champion);
    forgotten.removeAll(candidate);
    if (forgotten.isEmpty()) {
      return Check.passed(Check.LABELS, "Labels: it knows every label that the champion knows.");
    }
    List<String> first = forgotten.stream().limit(NAMED_LABELS).toList();
    return Check.failed(
        Check.LABELS,
        "It no longer knows %d of the champion's %d labels: %s%s."
            .formatted(
                forgotten.size(),
                champion.size(),
                String.join(", ", first),
                forgotten.size() > first.size() ? ", …" : ""));
  }

  static List<Check> figures(Comparison comparison) {
    List<Check> checks = new ArrayList<>();
    Measured recall = comparison.poisonRecall();
    checks.add(
        judged(
            "poisonRecall",
            "Poison recall",
            recall,
            recall.candidate() >= recall.champion(),
            "not lower",
            "lower",
            "the test split has no photo of a poisonous label"));
    Measured cost = comparison.poisonCost();
    checks.add(
        judged(
            "poisonCost",
            "Poison cost",
            cost,
            cost.low() <= 0,
            "not higher beyond noise",
            "higher beyond noise",
            "there is no number to judge by"));
    Measured macroF1 = comparison.macroF1();
    checks.add(
        judged(
            "macroF1",
            "Macro-F1",
            macroF1,
            macroF1.high() >= 0,
            "not lower beyond noise",
            "lower beyond noise",
            "there is no number to judge by"));
    return checks;
  }

  private static Check judged(
      String name,
      String words,
      Measured measured,
      boolean fine,
      String ifFine,
      String ifNot,
      String ifUndefined) {
    if (!measured.isDefined()) {
      return Check.failed(name, words + " cannot be compared: " + ifUndefined + ".");
    }
    String sentence =
        String.format(
            Locale.ROOT,
            "%s %.4f, the champion's %.4f: difference %+.4f, 95 %% interval %+.4f to %+.4f: %s.",
            words,
            measured.candidate(),
            measured.champion(),
            measured.difference(),
            measured.low(),
            measured.high(),
            fine ? ifFine : ifNot);
    return new Check(name, fine, sentence);
  }
}
