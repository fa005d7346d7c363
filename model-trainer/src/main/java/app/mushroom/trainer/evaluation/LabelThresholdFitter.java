package app.mushroom.trainer.evaluation;

import app.mushroom.trainer.evaluation.CalibrationFitter.Aims;
import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Calibration.LabelThresholds;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.PoisonFlag;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives single labels stricter thresholds where the common ones fail them on val and enough photos
 * say so. Nothing is ever made laxer, and what costs too many alarms or answers is left alone.
 */
final class LabelThresholdFitter {

  /** Photos of a label, or answers that name it, below which val says nothing about it. */
  private static final int ENOUGH = 20;

  /** More alarms on other mushrooms than this share are no price for one label. */
  private static final double MORE_ALARMS = 0.005;

  private static final double LOWEST_FLAG = 0.005;
  private static final double HIGHEST_NAME = 0.9;
  private static final double STEP = 0.01;

  private final LabelToxicities toxicities;
  private final SpeciesCatalogue catalogue;
  private final Aims aims;

  LabelThresholdFitter(LabelSet labels, SpeciesCatalogue catalogue, Aims aims) {
    this.toxicities = new LabelToxicities(labels, catalogue);
    this.catalogue = catalogue;
    this.aims = aims;
  }

  /**
   * @param mushrooms the photos of val on which the common thresholds were chosen
   */
  Calibration fit(Calibration common, LabelledOutputs mushrooms) {
    Calibration calibration = common;
    for (int label = 0; label < toxicities.labels().size(); label++) {
      List<Assessment> said = assess(calibration, mushrooms);
      Calibration stricter =
          with(
              calibration,
              label,
              toxicities.isPoisonous(label) ? flagAt(calibration, label, said, mushrooms) : null,
              speciesAt(calibration, label, said, mushrooms));
      if (isWorthIt(calibration, stricter, mushrooms)) {
        calibration = stricter;
      }
    }
    return calibration;
  }

  /** The highest threshold that warns of enough photos of the label; null for none. */
  private @Nullable Double flagAt(
      Calibration calibration, int label, List<Assessment> said, LabelledOutputs val) {
    int photos = 0;
    List<Double> unwarned = new ArrayList<>();
    for (int row = 0; row < val.size(); row++) {
      if (val.truth()[row] == label) {
        photos++;
        if (said.get(row).flag() == PoisonFlag.NOT_KNOWN_POISONOUS) {
          unwarned.add(said.get(row).probabilities()[label]);
        }
      }
    }
    int mayBeMissed = (int) Math.floor((1 - aims.poisonRecall()) * photos);
    if (photos < ENOUGH || unwarned.size() <= mayBeMissed) {
      return null;
    }
    unwarned.sort(Comparator.reverseOrder());
    double at = unwarned.get(unwarned.size() - 1 - mayBeMissed);
    return at < LOWEST_FLAG ? null : Math.min(at, calibration.poison().flagAt());
  }

  /** The lowest threshold from which the label is named right often enough; null for none. */
  private @Nullable Double speciesAt(
      Calibration calibration, int label, List<Assessment> said, LabelledOutputs val) {
    double common = calibration.answer().speciesAt();
    for (double at = common; at <= HIGHEST_NAME; at += STEP) {
      int answers = 0;
      int right = 0;
      for (int row = 0; row < val.size(); row++) {
        Assessment one = said.get(row);
        if (one.rank() == AnswerRank.SPECIES
            && one.ranking()[0] == label
            && one.answerProbability() >= at) {
          answers++;
          right += val.truth()[row] == label ? 1 : 0;
        }
      }
      if (at == common && answers < ENOUGH || answers < ENOUGH / 2) {
        return null;
      }
      if (right >= aims.speciesPrecision() * answers) {
        return at == common ? null : at;
      }
    }
    return null;
  }

  private boolean isWorthIt(Calibration before, Calibration after, LabelledOutputs val) {
    if (after.labels().equals(before.labels())) {
      return false;
    }
    Figures was = figures(before, val);
    Figures is = figures(after, val);
    Double alarmsBefore = was.falsePoisonAlarms();
    Double alarmsAfter = is.falsePoisonAlarms();
    boolean fewAlarms =
        alarmsBefore == null || alarmsAfter == null || alarmsAfter <= alarmsBefore + MORE_ALARMS;
    return fewAlarms && is.cannotTell() <= Math.max(aims.cannotTell(), was.cannotTell());
  }

  private Calibration with(
      Calibration other, int label, @Nullable Double flagAt, @Nullable Double speciesAt) {
    if (flagAt == null && speciesAt == null) {
      return other;
    }
    Map<String, LabelThresholds> labels = new TreeMap<>(other.labels());
    labels.put(toxicities.labels().get(label).label(), new LabelThresholds(flagAt, speciesAt));
    return new Calibration(
        other.temperature(), other.gate(), other.answer(), other.poison(), other.bands(), labels);
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
}
