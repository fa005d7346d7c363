package app.mushroom.trainer.promotion;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a version that may become champion.
 *
 * @param comparison with the champion; null if there is none, or no way to compare
 * @param alone figures of a version that has no champion to be compared with; null otherwise, or if
 *     there is no way to measure it
 */
record Findings(
    List<Check> checks, @Nullable Comparison comparison, Measurement.@Nullable Alone alone) {

  Findings {
    checks = List.copyOf(checks);
  }

  static Findings of(List<Check> checks) {
    return new Findings(checks, null, null);
  }

  boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }

  String objections() {
    return checks.stream()
        .filter(check -> !check.passed())
        .map(Check::sentence)
        .collect(Collectors.joining(" "));
  }

  /**
   * One line for the champion's history.
   *
   * @param champion the version that it replaces; null for none
   * @param wish what somebody said; null for nothing
   */
  String history(@Nullable String champion, @Nullable String wish) {
    String given = wish == null ? "" : wish + "; ";
    if (!passed()) {
      return "by force: " + given + "although: " + objections();
    }
    if (alone != null) {
      return String.format(
          Locale.ROOT,
          "%sfirst version; on %d test photos poison recall %.4f, cannot tell %.4f; its golden"
              + " inputs reproduce",
          given,
          alone.photos(),
          alone.poisonRecall(),
          alone.cannotTell());
    }
    if (comparison == null) {
      return given + "its golden inputs reproduce";
    }
    Measured cannotTell = comparison.cannotTell();
    return String.format(
        Locale.ROOT,
        "%son %d test photos of %s version %d, with version %s in brackets: poison recall %.4f"
            + " (%.4f), poison cost %.4f (%.4f), macro-F1 %.4f (%.4f), cannot tell %.4f (%.4f);"
            + " its golden inputs reproduce",
        given,
        comparison.photos(),
        comparison.dataset().name(),
        comparison.dataset().version(),
        champion,
        comparison.poisonRecall().candidate(),
        comparison.poisonRecall().champion(),
        comparison.poisonCost().candidate(),
        comparison.poisonCost().champion(),
        comparison.macroF1().candidate(),
        comparison.macroF1().champion(),
        cannotTell == null ? Double.NaN : cannotTell.candidate(),
        cannotTell == null ? Double.NaN : cannotTell.champion());
  }
}
