package app.mushroom.trainer.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a new version must not be worse at: poison recall may not be lower at all, poison cost,
 * macro-F1 and what the gate refuses not beyond noise, and no label may be forgotten. Refusing to
 * answer is no way round them: "cannot tell" and mushrooms refused are looked at as well.
 */
final class PromotionRules {

  private static final int NAMED_LABELS = 5;

  /** What a first version must reach; with fewer photos of poisonous labels nothing is known. */
  private static final double LEAST_RECALL = 0.95;

  private static final int FEWEST_DANGERS = 20;
  private static final double MOST_CANNOT_TELL_AT_FIRST = 0.25;

  /** Shares so small that they may rise: a gate and thresholds that work have less. */
  private static final double MOST_CANNOT_TELL = 0.10;

  private static final double MOST_REFUSED = 0.02;
  private static final String CANNOT_TELL = "cannotTell";
  private static final String KNOWN_RECALL = "knownPoisonRecall";
  private static final String NO_NUMBER = "there is no number to judge by";

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

  /** A first version has nothing to be no worse than, but must be good for something. */
  static List<Check> first(Measurement.Alone found) {
    List<Check> checks = new ArrayList<>();
    if (found.dangers() < FEWEST_DANGERS) {
      checks.add(
          Check.failed(
              "poisonRecall",
              "Poison recall cannot be judged: expected at least %d test photos of poisonous labels, found %d."
                  .formatted(FEWEST_DANGERS, found.dangers())));
    } else {
      boolean fine = found.poisonRecall() >= LEAST_RECALL;
      checks.add(
          new Check(
              "poisonRecall",
              fine,
              String.format(
                  Locale.ROOT,
                  "Poison recall %.4f on %d test photos of poisonous labels: %s the %.2f that a first version needs.",
                  found.poisonRecall(),
                  found.dangers(),
                  fine ? "reaches" : "below",
                  LEAST_RECALL)));
    }
    boolean tells = found.cannotTell() <= MOST_CANNOT_TELL_AT_FIRST;
    checks.add(
        new Check(
            CANNOT_TELL,
            tells,
            String.format(
                Locale.ROOT,
                "Cannot tell: %.4f of %d test photos, %s the %.2f that a first version may.",
                found.cannotTell(),
                found.photos(),
                tells ? "at most" : "above",
                MOST_CANNOT_TELL_AT_FIRST)));
    return checks;
  }

  static List<Check> figures(Comparison comparison) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        recall("poisonRecall", "Poison recall", comparison.poisonRecall(), "the test split has"));
    checks.add(cost("poisonCost", "Poison cost", comparison.poisonCost()));
    checks.add(macroF1("macroF1", "Macro-F1", comparison.macroF1()));
    Measured cannotTell = comparison.cannotTell();
    if (cannotTell != null) {
      checks.add(few(CANNOT_TELL, "Cannot tell", cannotTell, MOST_CANNOT_TELL));
    }
    Measured refused = comparison.mushroomsRefused();
    if (refused != null) {
      checks.add(few("mushroomsRefused", "Mushrooms refused", refused, MOST_REFUSED));
    }
    Measured others = comparison.notMushroomRefused();
    if (others != null) {
      checks.add(
          judged(
              "notMushroomRefused",
              "Anything else refused",
              others,
              others.high() >= 0,
              "not lower beyond noise",
              "lower beyond noise",
              NO_NUMBER));
    }
    Comparison.KnownLabels known = comparison.knownLabels();
    if (known != null) {
      checks.addAll(known(known));
    }
    return checks;
  }

  /** New labels must not hide that old ones are recognised worse. */
  private static List<Check> known(Comparison.KnownLabels known) {
    String where = " on the labels that the champion knows";
    List<Check> checks = new ArrayList<>();
    if (Double.isNaN(known.poisonRecall().champion())) {
      checks.add(
          Check.passed(
              KNOWN_RECALL, "Poison recall" + where + ": none of them is poisonous on test."));
    } else {
      checks.add(
          recall(KNOWN_RECALL, "Poison recall" + where, known.poisonRecall(), "these labels have"));
    }
    checks.add(cost("knownPoisonCost", "Poison cost" + where, known.poisonCost()));
    checks.add(macroF1("knownMacroF1", "Macro-F1" + where, known.macroF1()));
    return checks;
  }

  private static Check recall(String name, String words, Measured recall, String whoHas) {
    return judged(
        name,
        words,
        recall,
        recall.candidate() >= recall.champion(),
        "not lower",
        "lower",
        whoHas + " no photo of a poisonous label");
  }

  private static Check cost(String name, String words, Measured cost) {
    return judged(
        name,
        words,
        cost,
        cost.low() <= 0,
        "not higher beyond noise",
        "higher beyond noise",
        NO_NUMBER);
  }

  private static Check macroF1(String name, String words, Measured macroF1) {
    return judged(
        name,
        words,
        macroF1,
        macroF1.high() >= 0,
        "not lower beyond noise",
        "lower beyond noise",
        NO_NUMBER);
  }

  /** A share that may rise as long as it stays small. */
  private static Check few(String name, String words, Measured share, double most) {
    boolean small = share.candidate() <= most;
    return judged(
        name,
        words,
        share,
        small || share.low() <= 0,
        small ? String.format(Locale.ROOT, "at most %.2f", most) : "not higher beyond noise",
        "higher beyond noise",
        NO_NUMBER);
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
