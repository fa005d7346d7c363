package app.mushroom.trainer.promotion;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.promotion.PromotionDecision.Outcome;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a published version becomes the one that is served. Both it and the champion are fetched
 * back from the store and asked about the same test photos; the golden inputs must reproduce. What
 * was decided, and why, is kept in the champion's history and beside the run.
 */
public final class Promotion {

  private final ModelRegistry registry;
  private final RunStore runs;
  private final VersionComparison comparison;
  private final Console console;
  private final Clock clock;

  public Promotion(
      ModelRegistry registry,
      RunStore runs,
      DatasetRepository datasets,
      SpeciesCatalogue catalogue,
      Console console,
      Clock clock) {
    this.registry = registry;
    this.runs = runs;
    this.comparison = new VersionComparison(datasets, catalogue, console);
    this.console = console;
    this.clock = clock;
  }

  /** What the checks found. */
  private record Findings(List<Check> checks, @Nullable Comparison comparison) {

    boolean passed() {
      return checks.stream().allMatch(Check::passed);
    }

    String objections() {
      return checks.stream()
          .filter(check -> !check.passed())
          .map(Check::sentence)
          .collect(Collectors.joining(" "));
    }
  }

  /**
   * What somebody asks for.
   *
   * @param reason in their words, for the history; null if they give none
   * @param force whether to promote whatever the checks find
   */
  public record Wish(@Nullable String reason, boolean force) {

    /** Promote if the checks allow it. */
    public static final Wish IF_BETTER = new Wish(null, false);

    public Wish {
      if (force && (reason == null || reason.isBlank())) {
        throw new IllegalArgumentException(
            "Expected a reason for a promotion by force, found none. Give one with --reason.");
      }
    }
  }

  /**
   * Promotes the version if nothing speaks against it, or the wish is to force it.
   *
   * @throws BundleRejectedException if there is no such version, or it is damaged
   * @throws IOException if the store cannot be asked
   */
  public PromotionDecision consider(String model, String version, Wish wish) throws IOException {
    Optional<Champion> champion = registry.champion(model);
    String served = champion.map(Champion::version).orElse(null);
    if (version.equals(served)) {
      return new PromotionDecision(
          model,
          version,
          served,
          clock.instant(),
          Outcome.CHAMPION_ALREADY,
          model + " version " + version + " is the champion already; nothing was changed.",
          List.of(),
          null);
    }
    PromotionDecision decision;
    String run;
    try (WorkFolder work = new WorkFolder()) {
      VerifiedBundle candidate = registry.fetch(model, version, work.path().resolve("candidate"));
      run = candidate.manifest().run();
      Findings findings = findings(candidate, champion, work.path().resolve("champion"));
      decision = decide(model, version, champion, findings, wish);
    }
    record(run, decision);
    return decision;
  }

  private Findings findings(VerifiedBundle candidate, Optional<Champion> champion, Path fresh)
      throws IOException {
    List<Check> checks = new ArrayList<>();
    checks.add(new GoldenReplay().check(candidate));
    if (champion.isEmpty()) {
      return new Findings(checks, null);
    }
    String model = candidate.manifest().name();
    console.say(
        "Comparing version %s with champion version %s on the same test photos"
            .formatted(candidate.manifest().version(), champion.get().version()));
    try {
      VerifiedBundle served = registry.fetch(model, champion.get().version(), fresh);
      checks.add(PromotionRules.labels(labels(served), labels(candidate)));
      Comparison numbers = comparison.compare(served, candidate);
      checks.addAll(PromotionRules.figures(numbers));
      return new Findings(checks, numbers);
    } catch (IOException e) {
      checks.add(
          Check.failed(
              Check.COMPARISON,
              "It cannot be compared with champion version %s: %s"
                  .formatted(champion.get().version(), e.getMessage())));
      return new Findings(checks, null);
    }
  }

  private static List<String> labels(VerifiedBundle bundle) throws IOException {
    return LabelSet.read(bundle.file("labels.json")).labels().stream().map(Label::label).toList();
  }

  private PromotionDecision decide(
      String model, String version, Optional<Champion> champion, Findings findings, Wish wish)
      throws IOException {
    String name = model + " version " + version;
    String before = champion.map(Champion::version).orElse(null);
    if (!findings.passed() && !wish.force()) {
      return decision(
          model,
          version,
          before,
          Outcome.KEPT_BACK,
          "Not promoted: " + name + " stays published. " + findings.objections(),
          findings);
    }
    boolean forced = !findings.passed();
    try {
      registry.promote(model, version, history(champion, findings, wish), champion);
    } catch (PreconditionFailedException e) {
      return decision(
          model,
          version,
          before,
          Outcome.LOST,
          "Not promoted: " + name + " stays published. Somebody else was faster. " + e.getMessage(),
          findings);
    }
    String place = before == null ? ", the first" : ", in place of version " + before;
    return decision(
        model,
        version,
        before,
        forced ? Outcome.FORCED : Outcome.PROMOTED,
        (forced ? "Promoted by force: " : "Promoted: ")
            + name
            + " is the champion now"
            + place
            + (forced ? ", although: " + findings.objections() + " Reason: " + wish.reason() : "."),
        findings);
  }

  /** One line for the champion's history. */
  private static String history(Optional<Champion> champion, Findings findings, Wish wish) {
    String given = wish.reason() == null ? "" : wish.reason() + "; ";
    if (!findings.passed()) {
      return "by force: " + given + "although: " + findings.objections();
    }
    Comparison numbers = findings.comparison();
    if (champion.isEmpty() || numbers == null) {
      return given + "first version; its golden inputs reproduce";
    }
    return String.format(
        Locale.ROOT,
        "%son %d test photos of %s version %d, with version %s in brackets: poison recall %.4f"
            + " (%.4f), poison cost %.4f (%.4f), macro-F1 %.4f (%.4f); its golden inputs reproduce",
        given,
        numbers.photos(),
        numbers.dataset().name(),
        numbers.dataset().version(),
        champion.get().version(),
        numbers.poisonRecall().candidate(),
        numbers.poisonRecall().champion(),
        numbers.poisonCost().candidate(),
        numbers.poisonCost().champion(),
        numbers.macroF1().candidate(),
        numbers.macroF1().champion());
  }

  private PromotionDecision decision(
      String model,
      String version,
      @Nullable String champion,
      Outcome outcome,
      String reason,
      Findings findings) {
    return new PromotionDecision(
        model,
        version,
        champion,
        clock.instant(),
        outcome,
        reason,
        findings.checks(),
        findings.comparison());
  }

  private void record(String run, PromotionDecision decision) throws IOException {
    try {
      PromotionDecision.History before =
          decisions(runs, run)
              .orElse(new PromotionDecision.History(JsonDocument.SCHEMA_VERSION, List.of()));
      runs.write(run, PromotionDecision.History.FILE, before.with(decision));
    } catch (InvalidNameException e) {
      console.say("The decision is kept in the champion's history only: " + e.getMessage());
    }
  }

  /** What was decided about the version that came of a run. */
  public static Optional<PromotionDecision.History> decisions(RunStore runs, String run)
      throws IOException {
    return runs.read(run, PromotionDecision.History.FILE, PromotionDecision.History.class);
  }
}
