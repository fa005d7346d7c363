package app.mushroom.trainer.evaluation;

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

/**
 * Chooses temperature, gate and thresholds on val. The aims come from the bars that a model must
 * clear, with a margin, since val is small: one photo of a poisonous mushroom is a third of a per
 * cent of recall.
 */
public final class CalibrationFitter {

  private static final double MUSHROOMS_REFUSED = 0.014;
  private static final double COST_RATIO = 100;

  /** Words for probabilities; the numbers are iNaturalist's. */
  private static final Bands BANDS = new Bands(0.93, 0.50);

  private final LabelSet labels;
  private final SpeciesCatalogue catalogue;
  private final Aims aims;

  /**
   * What the thresholds aim at on val, as shares of photos.
   *
   * @param poisonRecall at least this share of poisonous photos flagged or "cannot tell"
   * @param cannotTell at most this share of mushroom photos answered "cannot tell"
   * @param notSure at most this share of mushroom photos answered with no name at all
   * @param speciesPrecision share of species answers that are right
   */
  public record Aims(
      double poisonRecall, double cannotTell, double notSure, double speciesPrecision) {

    public static final Aims DEFAULT = new Aims(0.987, 0.075, 0.045, 0.80);
  }

  public CalibrationFitter(LabelSet labels, SpeciesCatalogue catalogue, Aims aims) {
    this.labels = labels;
    this.catalogue = catalogue;
    this.aims = aims;
  }

  /**
   * @param train outputs of the training photos, for the gate only
   * @param val outputs of the photos on which thresholds are chosen
   */
  public Calibration fit(LabelledOutputs train, LabelledOutputs val) {
    LabelledOutputs mushrooms = val.mushrooms();
    double temperature = temperature(mushrooms);
    Gate gate =
        train.others().size() + val.others().size() < GateFitter.FOLDS
            ? openGate(train.embeddings()[0].length)
            : GateFitter.fit(train, val, MUSHROOMS_REFUSED);
    Answer answer = answer(temperature, gate, mushrooms);
    return new Calibration(
        temperature, gate, answer, poison(temperature, gate, answer, mushrooms), BANDS);
  }

  /** With hardly a photo of anything else there is nothing to learn a gate from: all pass. */
  private static Gate openGate(int dimensions) {
    return new Gate(new double[dimensions], 0, 0);
  }

  /** The temperature of least negative log-likelihood, by golden-section search. */
  public static double temperature(LabelledOutputs val) {
    double low = Math.log(0.2);
    double high = Math.log(5);
    double ratio = (Math.sqrt(5) - 1) / 2;
    for (int step = 0; step < 40; step++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (loss(val, Math.exp(left)) < loss(val, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** The summed negative log-likelihood, natural logarithm, of logits divided by a temperature. */
  public static double loss(LabelledOutputs val, double temperature) {
    double sum = 0;
    for (int row = 0; row < val.size(); row++) {
      float[] logits = val.logits()[row];
      double largest = Double.NEGATIVE_INFINITY;
      for (float logit : logits) {
        largest = Math.max(largest, logit);
      }
      double total = 0;
      for (float logit : logits) {
        total += Math.exp((logit - largest) / temperature);
      }
      sum += Math.log(total) - (logits[val.truth()[row]] - largest) / temperature;
    }
    return sum;
  }

  /**
   * The lowest species threshold whose answers are right often enough, then the highest genus
   * threshold that leaves few enough photos without a name.
   */
  private Answer answer(double temperature, Gate gate, LabelledOutputs val) {
    double speciesAt = 0.9;
    for (double at = 0.2; at < 0.9; at += 0.01) {
      if (speciesPrecision(temperature, gate, new Answer(at, 1), val) >= aims.speciesPrecision()) {
        speciesAt = at;
        break;
      }
    }
    double genusAt = 0;
    for (double at = 0.9; at > 0; at -= 0.01) {
      if (notSure(temperature, gate, new Answer(speciesAt, at), val) <= aims.notSure()) {
        genusAt = at;
        break;
      }
    }
    return new Answer(round(speciesAt), round(genusAt));
  }

  private double speciesPrecision(
      double temperature, Gate gate, Answer answer, LabelledOutputs val) {
    SafetyPolicy policy = policy(temperature, gate, answer, new Poison(1, 0, COST_RATIO));
    int answers = 0;
    int right = 0;
    for (int row = 0; row < val.size(); row++) {
      Assessment made = policy.assess(val.logits()[row], val.embeddings()[row]);
      if (made.probabilities()[made.ranking()[0]] >= answer.speciesAt()) {
        answers++;
        right += made.ranking()[0] == val.truth()[row] ? 1 : 0;
      }
    }
    return answers == 0 ? 1 : (double) right / answers;
  }

  private double notSure(double temperature, Gate gate, Answer answer, LabelledOutputs val) {
    SafetyPolicy policy = policy(temperature, gate, answer, new Poison(1, 0, COST_RATIO));
    int none = 0;
    for (int row = 0; row < val.size(); row++) {
      Assessment made = policy.assess(val.logits()[row], val.embeddings()[row]);
      none += made.isMushroom() && made.rank() == AnswerRank.NONE ? 1 : 0;
    }
    return Evaluator.share(none, val.size());
  }

  /**
   * The highest clearing threshold that reaches the recall, then the highest flagging threshold
   * that does not answer "cannot tell" too often: fewest alarms for the recall wanted.
   */
  private Poison poison(double temperature, Gate gate, Answer answer, LabelledOutputs val) {
    Evaluator evaluator = new Evaluator(labels);
    double clearBelow = 0;
    for (double at = 0.5; at >= 0.002; at *= 0.97) {
      Poison poison = new Poison(at, at, COST_RATIO);
      Figures figures = evaluator.evaluate(val, policy(temperature, gate, answer, poison));
      if (figures.poisonRecall() >= aims.poisonRecall()) {
        clearBelow = at;
        break;
      }
    }
    double flagAt = clearBelow;
    for (double at = clearBelow; at > 0 && at <= 0.9; at *= 1.03) {
      Poison poison = new Poison(at, clearBelow, COST_RATIO);
      Figures figures = evaluator.evaluate(val, policy(temperature, gate, answer, poison));
      if (figures.cannotTell() > aims.cannotTell()) {
        break;
      }
      flagAt = at;
    }
    return new Poison(flagAt, clearBelow, COST_RATIO);
  }

  private SafetyPolicy policy(double temperature, Gate gate, Answer answer, Poison poison) {
    return new SafetyPolicy(
        labels, new Calibration(temperature, gate, answer, poison, BANDS), catalogue);
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
