package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Calibration.Gate;
import java.util.Arrays;

/**
 * Mushroom or not, as a logistic regression on the embedding: standardised inputs, both classes
 * weighing the same, L2 penalty, plain gradient descent with momentum. Confidence of the classifier
 * itself does not tell the two apart: softmax and energy score an AUROC of 0.52 to 0.68 here.
 */
final class GateFitter {

  private static final double PENALTY = 1e-2;
  private static final int STEPS = 400;
  private static final double RATE = 0.2;
  private static final double MOMENTUM = 0.9;

  private GateFitter() {}

  /**
   * @param train labelled outputs, of which at least one shows a mushroom and one does not
   * @param val labelled outputs on which the threshold is chosen
   * @param mostRefused the largest share of val's mushrooms that the gate may refuse
   */
  static Gate fit(LabelledOutputs train, LabelledOutputs val, double mostRefused) {
    int dimensions = train.embeddings()[0].length;
    double[] mean = new double[dimensions];
    double[] scale = new double[dimensions];
    standardisation(train.embeddings(), mean, scale);
    double[] weights = new double[dimensions];
    double bias = descend(train, mean, scale, weights);
    for (int d = 0; d < dimensions; d++) {
      weights[d] *= scale[d];
      bias -= weights[d] * mean[d];
    }
    return new Gate(weights, bias, threshold(train, val, weights, bias, mostRefused));
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
      LabelledOutputs train, double[] mean, double[] scale, double[] weights) {
    int n = train.size();
    int dimensions = weights.length;
    double mushrooms = train.mushrooms().size();
    double[][] inputs = new double[n][dimensions];
    for (int row = 0; row < n; row++) {
      for (int d = 0; d < dimensions; d++) {
        inputs[row][d] = (train.embeddings()[row][d] - mean[d]) * scale[d];
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
        boolean mushroom = train.truth()[row] >= 0;
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
  private static double threshold(
      LabelledOutputs train,
      LabelledOutputs val,
      double[] weights,
      double bias,
      double mostRefused) {
    double[] mushrooms = scores(val.mushrooms(), weights, bias);
    Arrays.sort(mushrooms);
    double highest = mushrooms[(int) Math.floor(mostRefused * mushrooms.length)];
    double lowest = Double.NEGATIVE_INFINITY;
    for (LabelledOutputs outputs : new LabelledOutputs[] {train, val}) {
      for (double score : scores(outputs.others(), weights, bias)) {
        lowest = Math.max(lowest, score);
      }
    }
    return sigmoid(lowest < highest ? (lowest + highest) / 2 : highest);
  }

  private static double[] scores(LabelledOutputs outputs, double[] weights, double bias) {
    double[] scores = new double[outputs.size()];
    for (int row = 0; row < scores.length; row++) {
      double sum = bias;
      for (int d = 0; d < weights.length; d++) {
        sum += weights[d] * outputs.embeddings()[row][d];
      }
      scores[row] = sum;
    }
    return scores;
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
