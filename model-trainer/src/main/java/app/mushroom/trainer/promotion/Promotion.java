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
import app.mushroom.trainer.runs.Lineage;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a published version becomes the one that is served. Both it and the champion are fetched
 * back from the store and asked about the same test photos; the golden inputs must reproduce. What
 * was decided, and why, is kept in the champion's history and beside the run.
 */
public final class Promotion {

  private final ModelRegistry registry;
  private final RunStore runs;
  private final Inspection inspection;
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
    VersionComparison comparison =
        new VersionComparison(datasets, new Lineage(registry, runs), catalogue, console);
    this.inspection = new Inspection(registry, comparison, console);
    this.console = console;
    this.clock = clock;
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
   * Promotes the version if nothing speaks against it, or the wish is to force it. Once it is
   * champion, that its decision cannot be written down is only said.
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
      Findings findings = inspection.inspect(candidate, champion, work.path().resolve("champion"));
      decision = decide(model, version, champion, findings, wish);
    }
    try {
      record(run, decision);
    } catch (IOException e) {
      if (!decision.outcome().isChampion()) {
        throw e;
      }
      console.say(
          "Promoted, but the decision could not be written beside run "
              + run
              + "; it stands in the champion's history: "
              + e.getMessage());
    }
    return decision;
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
      registry.promote(
          model,
          version,
          findings.history(champion.map(Champion::version).orElse(null), wish.reason()),
          champion);
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
      runs.update(
          run,
          PromotionDecision.History.FILE,
          PromotionDecision.History.class,
          before ->
              before
                  .orElse(new PromotionDecision.History(JsonDocument.SCHEMA_VERSION, List.of()))
                  .with(decision));
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
