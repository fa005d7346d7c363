package app.mushroom.trainer.evaluation;

import app.mushroom.trainer.evaluation.CalibrationFitter.Aims;
import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Calibration.Answer;
import app.mushroom.vision.decision.Calibration.Bands;
import app.mushroom.vision.decision.Calibration.Gate;
import app.mushroom.vision.decision.Calibration.Poison;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Chooses from which probability on to name, to warn and to clear, on val's mushrooms. */
final class ThresholdFitter {

  /** Words for probabilities; the numbers are iNaturalist's. */
  private static final Bands BANDS = new Bands(0.93, 0.50);

  private static final double STEP = 0.01;
  private static final double LOWEST_SPECIES = 0.2;
  private static final double HIGHEST_NAME = 0.9;

  /** With fewer poisonous photos a recall of 98.7 % is a matter of luck: one miss is 3 %. */
  private static final int ENOUGH_POISONOUS = 30;

  /** Nothing likelier than one in ten to be poisonous is called "not known to be". */
  private static final double HIGHEST_CLEAR = 0.1;

  private static final double LOWEST_CLEAR = 0.002;
  private static final double HIGHEST_FLAG = 0.9;

  private final LabelToxicities toxicities;
  private final SpeciesCatalogue catalogue;
  private final Aims aims;
  private final List<String> notices;

  /** How many answers there were and how many of them were right. */
  private record Answers(int count, int right) {

    boolean reach(double precision) {
      return right >= precision * count;
    }
  }

  /**
   * @param notices gets a sentence for each aim that is missed
   */
  ThresholdFitter(LabelSet labels, SpeciesCatalogue catalogue, Aims aims, List<String> notices) {
    this.toxicities = new LabelToxicities(labels, catalogue);
    this.catalogue = catalogue;
    this.aims = aims;
    this.notices = notices;
  }

  Calibration fit(double temperature, Gate gate, LabelledOutputs mushrooms) {
    Calibration start =
        new Calibration(
            temperature,
            gate,
            new Answer(HIGHEST_NAME, 1),
            new Poison(1, 0, PoisonCosts.COST_RATIO),
            BANDS);
    double speciesAt = speciesAt(start, mushrooms);
    double genusAt = genusAt(start, speciesAt, mushrooms);
    Calibration named = with(start, new Answer(speciesAt, genusAt));
    return with(named, poison(named, mushrooms));
  }

  /** The lowest threshold whose answers are right often enough. */
  private double speciesAt(Calibration start, LabelledOutputs val) {
    List<Assessment> answers = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    List<Assessment> all = assess(start, val);
    for (int row = 0; row < val.size(); row++) {
      if (all.get(row).isMushroom()) {
        answers.add(all.get(row));
        truth.add(val.truth()[row]);
      }
    }
    for (double at = LOWEST_SPECIES; at < HIGHEST_NAME; at = round(at + STEP)) {
      Answers found = species(at, answers, truth);
      if (found.count() > 0 && found.reach(aims.speciesPrecision())) {
        return at;
      }
    }
    notices.add(
        String.format(
            Locale.ROOT,
            "Species answers: no threshold below %.2f makes %s of them right on val, so a species is named from %.2f on.",
            HIGHEST_NAME,
            percent(aims.speciesPrecision()),
            HIGHEST_NAME));
    return HIGHEST_NAME;
  }

  private static Answers species(double at, List<Assessment> answers, List<Integer> truth) {
    int count = 0;
    int right = 0;
    for (int i = 0; i < answers.size(); i++) {
      int likeliest = answers.get(i).ranking()[0];
      if (answers.get(i).probabilities()[likeliest] >= at) {
        count++;
        right += likeliest == truth.get(i) ? 1 : 0;
      }
    }
    return new Answers(count, right);
  }

  /**
   * The highest threshold that leaves few enough photos without a name; from there on the lowest
   * whose answers are right often enough, however many get no name.
   */
  private double genusAt(Calibration start, double speciesAt, LabelledOutputs val) {
    double lowest = 0;
    for (double at = HIGHEST_NAME; at > 0; at = round(at - STEP)) {
      if (notSure(with(start, new Answer(speciesAt, at)), val) <= aims.notSure()) {
        lowest = at;
        break;
      }
    }
    double genusAt = 1;
    for (double at = lowest; at < 1; at = round(at + STEP)) {
      if (genus(with(start, new Answer(speciesAt, at)), val).reach(aims.genusPrecision())) {
        genusAt = at;
        break;
      }
    }
    Calibration chosen = with(start, new Answer(speciesAt, genusAt));
    double unnamed = notSure(chosen, val);
    if (unnamed > aims.notSure()) {
      notices.add(
          String.format(
              Locale.ROOT,
              "Genus answers: right in %s of cases on val only from %.2f on, which leaves %s of mushrooms there without a name; the aim was %s.",
              percent(aims.genusPrecision()),
              genusAt,
              percent(unnamed),
              percent(aims.notSure())));
    }
    return genusAt;
  }

  private double notSure(Calibration calibration, LabelledOutputs val) {
    return share(
        assess(calibration, val), made -> made.isMushroom() && made.rank() == AnswerRank.NONE);
  }

  private Answers genus(Calibration calibration, LabelledOutputs val) {
    List<Assessment> all = assess(calibration, val);
    int count = 0;
    int right = 0;
    for (int row = 0; row < val.size(); row++) {
      if (all.get(row).rank() == AnswerRank.GENUS) {
        count++;
        String genus = ClassScore.genus(toxicities.labels().get(val.truth()[row]));
        right += genus.equals(all.get(row).answer()) ? 1 : 0;
      }
    }
    return new Answers(count, right);
  }

  /**
   * The highest clearing threshold that reaches the recall, then the highest flagging threshold
   * that does not answer "cannot tell" too often: fewest alarms for the recall wanted.
   */
  private Poison poison(Calibration named, LabelledOutputs val) {
    double clearBelow = clearBelow(named, val);
    double flagAt = clearBelow;
    for (double at = clearBelow; at > 0 && at <= HIGHEST_FLAG; at *= 1.03) {
      if (figures(with(named, poison(at, clearBelow)), val).cannotTell() > aims.cannotTell()) {
        break;
      }
      flagAt = at;
    }
    double cannotTell = figures(with(named, poison(flagAt, clearBelow)), val).cannotTell();
    if (cannotTell > aims.cannotTell()) {
      notices.add(
          String.format(
              Locale.ROOT,
              "Cannot tell: %s of mushrooms on val; the aim was %s.",
              percent(cannotTell),
              percent(aims.cannotTell())));
    }
    return poison(flagAt, clearBelow);
  }

  private double clearBelow(Calibration named, LabelledOutputs val) {
    int poisonous = (int) Arrays.stream(val.truth()).filter(toxicities::isPoisonous).count();
    if (poisonous < ENOUGH_POISONOUS) {
      double byCost = 1 / (1 + PoisonCosts.COST_RATIO);
      notices.add(
          String.format(
              Locale.ROOT,
              "Poison flag: val has %d photographs of poisonous labels, and fewer than %d say nothing about recall. So \"not known to be poisonous\" is said below a probability of %.4f only, by a cost of %.0f : 1 and not by recall.",
              poisonous,
              ENOUGH_POISONOUS,
              byCost,
              PoisonCosts.COST_RATIO));
      return byCost;
    }
    for (double at = HIGHEST_CLEAR; at >= LOWEST_CLEAR; at *= 0.97) {
      Double recall = figures(with(named, poison(at, at)), val).poisonRecall();
      if (recall != null && recall >= aims.poisonRecall()) {
        return at;
      }
    }
    notices.add(
        String.format(
            Locale.ROOT,
            "Poison flag: no threshold from %.3f on warns of %s of the poisonous photographs on val, so every mushroom is flagged. Do not serve this model.",
            LOWEST_CLEAR,
            percent(aims.poisonRecall())));
    return 0;
  }

  private Figures figures(Calibration calibration, LabelledOutputs val) {
    return new Evaluator(toxicities).evaluate(val, policy(calibration));
  }

  private List<Assessment> assess(Calibration calibration, LabelledOutputs val) {
    SafetyPolicy policy = policy(calibration);
    List<Assessment> all = new ArrayList<>();
    for (int row = 0; row < val.size(); row++) {
      all.add(policy.assess(val.logits()[row], val.embeddings()[row]));
    }
    return all;
  }

  private SafetyPolicy policy(Calibration calibration) {
    return new SafetyPolicy(toxicities.labels(), calibration, catalogue);
  }

  private static double share(List<Assessment> all, Predicate<Assessment> which) {
    return Evaluator.share((int) all.stream().filter(which).count(), all.size());
  }

  private static Poison poison(double flagAt, double clearBelow) {
    return new Poison(flagAt, clearBelow, PoisonCosts.COST_RATIO);
  }

  private static Calibration with(Calibration other, Answer answer) {
    return new Calibration(
        other.temperature(), other.gate(), answer, other.poison(), other.bands());
  }

  private static Calibration with(Calibration other, Poison poison) {
    return new Calibration(
        other.temperature(), other.gate(), other.answer(), poison, other.bands());
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
