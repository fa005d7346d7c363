package app.mushroom.vision.decision;

import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

  public SafetyPolicy(LabelSet labels, Calibration calibration, SpeciesCatalogue catalogue) {
    this.labels = labels;
    this.calibration = calibration;
    this.toxicities = new Toxicities(labels, catalogue);
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

  /**
   * Assesses 1 to 5 photos of one find: the calibrated probabilities of those that pass the gate
   * are averaged.
   *
   * @param logits one vector a photo
   * @param embeddings one vector a photo, in the same order
   * @throws IllegalArgumentException if the counts differ or a number is NaN or infinite
   */
  public Assessment assess(List<float[]> logits, List<float[]> embeddings) {
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
    boolean isMushroom = !mushrooms.isEmpty();
    double[] probabilities = mean(isMushroom ? mushrooms : all);
    return decide(mushroomProbability, isMushroom, probabilities);
  }

  private Assessment decide(
      double mushroomProbability, boolean isMushroom, double[] probabilities) {
    int[] ranking = ranking(probabilities);
    double top = probabilities[ranking[0]];
    Answer answer = isMushroom ? answer(probabilities, ranking[0]) : Answer.none(top);
    double poison = toxicities.sum(probabilities, Toxicity::isPoisonous);
    double deadly = toxicities.sum(probabilities, toxicity -> toxicity == Toxicity.DEADLY);
    Verdict verdict = Verdict.of(isMushroom, answer, poison, deadly, calibration.poison());
    return new Assessment(
        mushroomProbability,
        isMushroom,
        probabilities,
        answer.rank(),
        answer.name(),
        answer.probability(),
        answer.isNone() ? null : calibration.bands().of(answer.probability()),
        verdict.flag(),
        verdict.deadly(),
        poison,
        verdict.reason(),
        ranking);
  }

  private Answer answer(double[] probabilities, int top) {
    Map<String, Double> genera = genusProbabilities(probabilities);
    if (probabilities[top] >= calibration.answer().speciesAt()) {
      Label label = labels.get(top);
      String genus = Toxicities.genusOf(label);
      return label.isGenus() && genus != null
          ? genusAnswer(genus, genera.getOrDefault(genus, probabilities[top]))
          : new Answer(AnswerRank.SPECIES, label.label(), probabilities[top], toxicities.of(top));
    }
    return genera.entrySet().stream()
        .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .filter(best -> best.getValue() >= calibration.answer().genusAt())
        .map(best -> genusAnswer(best.getKey(), best.getValue()))
        .orElseGet(() -> Answer.none(probabilities[top]));
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
