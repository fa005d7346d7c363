package app.mushroom.vision.decision;

import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the network's raw outputs into an answer and a poison flag. The flag follows from the
 * summed probability of all poisonous labels and never from the likeliest label alone; whatever is
 * not a mushroom or not named is "cannot tell". Of what {@code labels.json} and the catalogue say
 * about a label, the worse counts. Safe for use by many threads.
 */
public final class SafetyPolicy {
  /** Most photos of one find that are looked at together. */
  public static final int MAX_PHOTOS = 5;

  private final LabelSet labels;
  private final Calibration calibration;
  private final Toxicities toxicities;
  private final Explanation explanation;
  private final @Nullable PriorWeights prior;

  public SafetyPolicy(LabelSet labels, Calibration calibration, SpeciesCatalogue catalogue) {
    this(labels, calibration, catalogue, null);
  }

  /**
   * @param prior what place and date say; null where the bundle has none
   */
  public SafetyPolicy(
      LabelSet labels, Calibration calibration, SpeciesCatalogue catalogue, @Nullable Prior prior) {
    this.labels = labels;
    this.calibration = calibration;
    this.toxicities = new Toxicities(labels, catalogue);
    requireKnownLabels();
    this.explanation = new Explanation(labels, toxicities);
    this.prior = prior == null ? null : new PriorWeights(labels, prior);
  }

  /** A threshold that nothing reaches would be a warning that never comes. */
  private void requireKnownLabels() {
    for (Map.Entry<String, Calibration.LabelThresholds> each : calibration.labels().entrySet()) {
      int index =
          IntStream.range(0, labels.size())
              .filter(i -> labels.get(i).label().equals(each.getKey()))
              .findFirst()
              .orElse(-1);
      if (index < 0) {
        throw new IllegalArgumentException(
            "Expected calibration.json to have thresholds for labels of labels.json, found '"
                + each.getKey()
                + "'");
      }
      if (each.getValue().flagAt() != null && !toxicities.of(index).isPoisonous()) {
        throw new IllegalArgumentException(
            "Expected calibration.json to have flagAt for poisonous labels, found it for '"
                + each.getKey()
                + "'");
      }
    }
  }

  /** From which probability on a photo is one of a mushroom. */
  public double gateThreshold() {
    return calibration.gate().threshold();
  }

  /**
   * Calibrated probabilities, {@code softmax(logits / temperature)}.
   *
   * @param logits one per label
   * @throws IllegalArgumentException if a logit is missing, NaN or infinite
   */
  public double[] probabilities(float[] logits) {
    requireVector("logits", logits, labels.size());
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] probabilities = new double[logits.length];
    double total = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp((logits[i] - largest) / calibration.temperature());
      total += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= total;
    }
    return probabilities;
  }

  /**
   * The probability that a photo shows a mushroom.
   *
   * @param embedding as long as the gate's weights
   * @throws IllegalArgumentException if an element is missing, NaN or infinite
   */
  public double mushroomProbability(float[] embedding) {
    double[] weights = calibration.gate().weights();
    requireVector("embedding", embedding, weights.length);
    double score = calibration.gate().bias();
    for (int i = 0; i < weights.length; i++) {
      score += weights[i] * embedding[i];
    }
    return 1 / (1 + Math.exp(-score));
  }

  /** Assesses a single photo. */
  public Assessment assess(float[] logits, float[] embedding) {
    return assess(List.of(logits), List.of(embedding));
  }

  /** Assesses 1 to 5 photos of one find, of which neither place nor date is known. */
  public Assessment assess(List<float[]> logits, List<float[]> embeddings) {
    return assess(logits, embeddings, Circumstances.UNKNOWN);
  }

  /**
   * Assesses 1 to 5 photos of one find: the calibrated probabilities of those that pass the gate
   * are averaged, and multiplied by what the prior makes of place and date. The circumstances never
   * make an answer more precise, nor the flag milder, than the photos alone do.
   *
   * @param logits one vector a photo
   * @param embeddings one vector a photo, in the same order
   * @throws IllegalArgumentException if the counts differ or a number is NaN or infinite
   */
  public Assessment assess(
      List<float[]> logits, List<float[]> embeddings, Circumstances circumstances) {
    if (logits.isEmpty() || logits.size() > MAX_PHOTOS || logits.size() != embeddings.size()) {
      throw new IllegalArgumentException(
          "Expected the outputs of 1 to "
              + MAX_PHOTOS
              + " photos, found "
              + logits.size()
              + " logits and "
              + embeddings.size()
              + " embeddings");
    }
    List<double[]> all = new ArrayList<>();
    List<double[]> mushrooms = new ArrayList<>();
    double mushroomProbability = 0;
    for (int photo = 0; photo < logits.size(); photo++) {
      double[] probabilities = probabilities(logits.get(photo));
      double mushroom = mushroomProbability(embeddings.get(photo));
      all.add(probabilities);
      if (mushroom >= calibration.gate().threshold()) {
        mushrooms.add(probabilities);
      }
      mushroomProbability = Math.max(mushroomProbability, mushroom);
    }
    return mushrooms.isEmpty()
        ? noMushroom(mushroomProbability, mean(all))
        : mushroom(mushroomProbability, mean(mushrooms), circumstances);
  }

  private Assessment noMushroom(double mushroomProbability, double[] probabilities) {
    int[] ranking = ranking(probabilities);
    return assessment(
        mushroomProbability,
        false,
        new Said(
            probabilities,
            ranking,
            AnswerRank.NONE,
            Answer.none(probabilities[ranking[0]]),
            evidence(probabilities)),
        Verdict.NOT_A_MUSHROOM,
        PoisonReason.NOT_A_MUSHROOM.sentence(),
        0,
        null);
  }

  /**
   * What one set of probabilities says.
   *
   * @param atMost the most precise answer that could be given
   */
  private record Said(
      double[] probabilities,
      int[] ranking,
      AnswerRank atMost,
      Answer answer,
      Verdict.Evidence evidence) {

    Said with(Verdict.Evidence other) {
      return new Said(probabilities, ranking, atMost, answer, other);
    }
  }

  private Assessment mushroom(
      double mushroomProbability, double[] probabilities, Circumstances circumstances) {
    Said photos = said(probabilities, AnswerRank.SPECIES);
    Verdict byPhotos = verdict(photos);
    String why = explain(byPhotos, photos);
    PriorWeights.Weights weights = prior == null ? null : prior.of(circumstances);
    if (weights == null || !(weights.usedDate() || weights.usedPlace())) {
      return assessment(
          mushroomProbability, true, photos, byPhotos, why, photos.answer().probability(), null);
    }
    Said shifted = said(weighed(probabilities, weights.factors()), photos.answer().rank());
    Verdict byAll = verdict(shifted);
    boolean morePoison = photos.evidence().poison() > shifted.evidence().poison();
    boolean photosWarnMore =
        byPhotos.alarm() > byAll.alarm()
            || (byPhotos.alarm() == byAll.alarm()
                && (morePoison || byPhotos.reason().compareTo(byAll.reason()) < 0));
    return assessment(
        mushroomProbability,
        true,
        morePoison ? shifted.with(photos.evidence()) : shifted,
        photosWarnMore ? byPhotos : byAll,
        photosWarnMore
            ? explanation.ofPhotosAlone(
                why,
                photos.answer(),
                !photos.answer().isNone()
                    && !Objects.equals(photos.answer().name(), shifted.answer().name()))
            : explain(byAll, shifted),
        Math.min(photos.answer().probability(), shifted.answer().probability()),
        weights);
  }

  private String explain(Verdict verdict, Said said) {
    return explanation.of(verdict, said.probabilities(), said.ranking(), said.evidence().poison());
  }

  /**
   * @param atMost the most precise answer that may be given
   */
  private Said said(double[] probabilities, AnswerRank atMost) {
    int[] ranking = ranking(probabilities);
    return new Said(
        probabilities,
        ranking,
        atMost,
        answer(probabilities, ranking[0], true, atMost),
        evidence(probabilities));
  }

  /** By the thresholds of all labels, and by those of single labels: the worse of the two. */
  private Verdict verdict(Said said) {
    Answer byAll = answer(said.probabilities(), said.ranking()[0], false, said.atMost());
    Verdict.Evidence sums =
        new Verdict.Evidence(said.evidence().poison(), said.evidence().deadly(), false, false);
    return Verdict.of(said.answer(), said.evidence(), calibration.poison())
        .worse(Verdict.of(byAll, sums, calibration.poison()));
  }

  private Verdict.Evidence evidence(double[] probabilities) {
    boolean poisonousAlone = false;
    boolean deadlyAlone = false;
    for (int i = 0; !calibration.labels().isEmpty() && i < probabilities.length; i++) {
      Calibration.LabelThresholds own = calibration.labels().get(labels.get(i).label());
      Double flagAt = own == null ? null : own.flagAt();
      if (flagAt != null && probabilities[i] >= flagAt && toxicities.of(i).isPoisonous()) {
        poisonousAlone = true;
        deadlyAlone |= toxicities.of(i) == Toxicity.DEADLY;
      }
    }
    return new Verdict.Evidence(
        toxicities.sum(probabilities, Toxicity::isPoisonous),
        toxicities.sum(probabilities, toxicity -> toxicity == Toxicity.DEADLY),
        poisonousAlone,
        deadlyAlone);
  }

  /**
   * @param surely what the band follows from: of the answer's probability with and without place
   *     and date the lower, for bands were chosen without
   */
  private Assessment assessment(
      double mushroomProbability,
      boolean isMushroom,
      Said said,
      Verdict verdict,
      String why,
      double surely,
      PriorWeights.@Nullable Weights weights) {
    Answer answer = said.answer();
    return new Assessment(
        mushroomProbability,
        isMushroom,
        said.probabilities(),
        answer.rank(),
        answer.name(),
        answer.probability(),
        answer.isNone() ? null : calibration.bands().of(surely),
        verdict.flag(),
        verdict.deadly(),
        said.evidence().poison(),
        verdict.reason(),
        why,
        weights != null && weights.usedDate(),
        weights != null && weights.usedPlace(),
        said.ranking());
  }

  private static double[] weighed(double[] probabilities, double[] factors) {
    double[] weighed = new double[probabilities.length];
    double total = 0;
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] = probabilities[i] * factors[i];
      total += weighed[i];
    }
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] /= total;
    }
    return weighed;
  }

  private Answer answer(double[] probabilities, int top, boolean ownThresholds, AnswerRank atMost) {
    if (atMost == AnswerRank.NONE) {
      return Answer.none(probabilities[top]);
    }
    Map<String, Double> genera = genusProbabilities(probabilities);
    Label label = labels.get(top);
    String genus = Toxicities.genusOf(label);
    if (probabilities[top] >= speciesAt(label, ownThresholds)) {
      if (label.isGenus() && genus != null) {
        return genusAnswer(genus, genera.getOrDefault(genus, probabilities[top]));
      }
      if (atMost == AnswerRank.SPECIES) {
        return new Answer(
            AnswerRank.SPECIES, label.label(), probabilities[top], toxicities.of(top));
      }
    }
    return genera.entrySet().stream()
        .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .filter(best -> best.getValue() >= calibration.answer().genusAt())
        .map(best -> genusAnswer(best.getKey(), best.getValue()))
        .orElseGet(() -> Answer.none(probabilities[top]));
  }

  private double speciesAt(Label label, boolean ownThresholds) {
    Calibration.LabelThresholds own =
        ownThresholds ? calibration.labels().get(label.label()) : null;
    Double speciesAt = own == null ? null : own.speciesAt();
    return speciesAt == null ? calibration.answer().speciesAt() : speciesAt;
  }

  private Answer genusAnswer(String genus, double probability) {
    return new Answer(AnswerRank.GENUS, genus, probability, toxicities.ofGenus(genus));
  }

  private Map<String, Double> genusProbabilities(double[] probabilities) {
    Map<String, Double> genera = new HashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      String genus = Toxicities.genusOf(labels.get(i));
      if (genus != null) {
        genera.merge(genus, probabilities[i], Double::sum);
      }
    }
    return genera;
  }

  private static double[] mean(List<double[]> photos) {
    double[] mean = new double[photos.get(0).length];
    for (double[] photo : photos) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += photo[i] / photos.size();
      }
    }
    return mean;
  }

  private static int[] ranking(double[] probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -probabilities[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void requireVector(String what, float[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "Expected "
              + length
              + " numbers in the network's "
              + what
              + ", found "
              + values.length
              + ". The model and its labels.json or calibration.json do not belong together.");
    }
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Expected finite numbers in the network's "
                + what
                + ", found "
                + values[i]
                + " at position "
                + i
                + ". The model is broken: serve another version.");
      }
    }
  }
}
