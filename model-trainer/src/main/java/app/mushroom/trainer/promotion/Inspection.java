package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.runs.Console;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is looked at before a version becomes champion. */
final class Inspection {

  private final ModelRegistry registry;
  private final VersionComparison comparison;
  private final Console console;

  Inspection(ModelRegistry registry, VersionComparison comparison, Console console) {
    this.registry = registry;
    this.comparison = comparison;
    this.console = console;
  }

  /**
   * @param candidate as fetched back from the store
   * @param fresh where the champion's files go
   */
  Findings inspect(VerifiedBundle candidate, Optional<Champion> champion, Path fresh) {
    List<Check> checks = new ArrayList<>();
    checks.add(new GoldenReplay().check(candidate));
    return champion.isEmpty()
        ? first(candidate, checks)
        : compared(candidate, champion.get().version(), fresh, checks);
  }

  private Findings compared(
      VerifiedBundle candidate, String champion, Path fresh, List<Check> checks) {
    console.say(
        "Comparing version %s with champion version %s on the same test photos"
            .formatted(candidate.manifest().version(), champion));
    try {
      VerifiedBundle served = registry.fetch(candidate.manifest().name(), champion, fresh);
      checks.add(PromotionRules.labels(labels(served), labels(candidate)));
      Comparison numbers = comparison.compare(served, candidate);
      checks.addAll(PromotionRules.figures(numbers));
      return new Findings(checks, numbers, null);
    } catch (IOException e) {
      checks.add(
          Check.failed(
              Check.COMPARISON,
              "It cannot be compared with champion version %s: %s"
                  .formatted(champion, e.getMessage())));
      return Findings.of(checks);
    }
  }

  /** Until there is a champion the API serves its starter model: better than a bad first one. */
  private Findings first(VerifiedBundle candidate, List<Check> checks) {
    console.say(
        "Measuring version %s on its test photos; there is no champion to compare it with"
            .formatted(candidate.manifest().version()));
    try {
      Measurement.Alone found = comparison.alone(candidate);
      checks.addAll(PromotionRules.first(found));
      return new Findings(checks, null, found);
    } catch (IOException e) {
      checks.add(
          Check.failed(
              Check.COMPARISON, "It cannot be measured on its test photos: " + e.getMessage()));
      return Findings.of(checks);
    }
  }

  private static List<String> labels(VerifiedBundle bundle) throws IOException {
    return LabelSet.read(bundle.file("labels.json")).labels().stream().map(Label::label).toList();
  }
}
