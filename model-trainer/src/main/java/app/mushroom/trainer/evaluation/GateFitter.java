package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Calibration.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mushroom or not, as a logistic regression on the embedding: standardised inputs, both classes
 * weighing the same, L2 penalty, plain gradient descent with momentum. Confidence of the classifier
 * itself does not tell the two apart: softmax and energy score an AUROC of 0.52 to 0.68 here.
 */
final class GateFitter {

  private static final double PENALTY = 1e-2;
  static final int FOLDS = 5;
  private static final int STEPS = 400;
  private static final double RATE = 0.2;
  private static final double MOMENTUM = 0.9;

  private GateFitter() {}

  private record Line(double[] weights, double bias) {}

  /**
   * Learns from everything there is. The threshold comes from val's mushrooms as scored by gates
   * that had not seen them, one of {@value #FOLDS} folds at a time.
   *
   * @param train labelled outputs; together with val at least {@value #FOLDS} of either kind
   * @param val labelled outputs of mushrooms that the network was not trained on
   * @param mostRefused the largest share of val's mushrooms that the gate may refuse
   */
  static Gate fit(LabelledOutputs train, LabelledOutputs val, double mostRefused) {
    List<float[]> known = List.of(train.mushrooms().embeddings());
    List<float[]> unseen = List.of(val.mushrooms().embeddings());
    List<float[]> others = new ArrayList<>(List.of(train.others().embeddings()));
    others.addAll(List.of(val.others().embeddings()));
    List<Double> mushroomScores = new ArrayList<>();
    List<Double> otherScores = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<float[]> mushrooms = new ArrayList<>(known);
      mushrooms.addAll(fold(unseen, fold, false));
      Line line = line(mushrooms, fold(others, fold, false));
      fold(unseen, fold, true).forEach(row -> mushroomScores.add(score(line, row)));
      fold(others, fold, true).forEach(row -> otherScores.add(score(line, row)));
    }
    List<float[]> all = new ArrayList<>(known);
    all.addAll(unseen);
    Line line = line(all, others);
    double threshold = threshold(mushroomScores, otherScores, mostRefused);
    return new Gate(line.weights(), line.bias(), threshold);
  }

  private static List<float[]> fold(List<float[]> rows, int fold, boolean inside) {
    return IntStream.range(0, rows.size())
        .filter(row -> row % FOLDS == fold == inside)
        .mapToObj(rows::get)
        .toList();
  }

  private static Line line(List<float[]> mushrooms, List<float[]> others) {
    int dimensions = mushrooms.get(0).length;
    List<float[]> rows = new ArrayList<>(mushrooms);
    rows.addAll(others);
    double[] mean = new double[dimensions];
    double[] scale = new double[dimensions];
    standardisation(rows.toArray(float[][]::new), mean, scale);
    double[] weights = new double[dimensions];
    double bias = descend(rows, mushrooms.size(), mean, scale, weights);
    for (int d = 0; d < dimensions; d++) {
      weights[d] *= scale[d];
      bias -= weights[d] * mean[d];
    }
    return new Line(weights, bias);
  }

  private static void standardisation(float[][] rows, double[] mean, double[] scale) {
    for (float[] row : rows) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += row[d] / (double) rows.length;
      }
    }
    for (float[] row : rows) {
      for (int d = 0; d < mean.length; d++) {
        scale[d] += (row[d] - mean[d]) * (row[d] - mean[d]) / rows.length;
      }
    }
    for (int d = 0; d < mean.length; d++) {
      scale[d] = 1 / Math.sqrt(scale[d] + 1e-4);
    }
  }

  private static double descend(
      List<float[]> rows, int mushrooms, double[] mean, double[] scale, double[] weights) {
    int n = rows.size();
    int dimensions = weights.length;
    double[][] inputs = new double[n][dimensions];
    for (int row = 0; row < n; row++) {
      for (int d = 0; d < dimensions; d++) {
        inputs[row][d] = (rows.get(row)[d] - mean[d]) * scale[d];
      }
    }
    double bias = 0;
    double biasSpeed = 0;
    double[] speed = new double[dimensions];
    // The steepness of the loss grows with the number of standardised inputs.
    double rate = RATE / Math.sqrt(dimensions);
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[dimensions];
      double biasGradient = 0;
      for (int row = 0; row < n; row++) {
        boolean mushroom = row < mushrooms;
        double weight = 0.5 / (mushroom ? mushrooms : n - mushrooms);
        double miss = sigmoid(dot(weights, inputs[row]) + bias) - (mushroom ? 1 : 0);
        for (int d = 0; d < dimensions; d++) {
          gradient[d] += weight * miss * inputs[row][d];
        }
        biasGradient += weight * miss;
      }
      for (int d = 0; d < dimensions; d++) {
        speed[d] = MOMENTUM * speed[d] - rate * (gradient[d] + PENALTY * weights[d]);
        weights[d] += speed[d];
      }
      biasSpeed = MOMENTUM * biasSpeed - rate * biasGradient;
      bias += biasSpeed;
    }
    return bias;
  }

  /**
   * Half-way, in logits, between the highest score of anything else and the score that refuses the
   * most mushrooms allowed; at the latter where the two overlap.
   */
  private static double threshold(List<Double> mushrooms, List<Double> others, double mostRefused) {
    double[] sorted = mushrooms.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double highest = sorted[(int) Math.floor(mostRefused * sorted.length)];
    double lowest =
        others.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NEGATIVE_INFINITY);
    return sigmoid(lowest < highest ? (lowest + highest) / 2 : highest);
  }

  private static double score(Line line, float[] embedding) {
    double sum = line.bias();
    for (int d = 0; d < embedding.length; d++) {
      sum += line.weights()[d] * embedding[d];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double sigmoid(double score) {
    return 1 / (1 + Math.exp(-score));
  }
}
