package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The embedding phase: a linear classifier trained on embeddings computed once, so that fine-tuning
 * starts from a head that already knows the labels and does not tear the backbone apart.
 *
 * @param weight K rows of D, flattened
 * @param bias K values
 */
@SuppressWarnings("ArrayRecordComponent")
record LinearHead(float[] weight, float[] bias) {

  private static final int BATCH = 256;
  private static final double LEARNING_RATE = 3e-3;

  static LinearHead train(
      float[][] embeddings, float[][] targets, HierarchicalLoss loss, int epochs, long seed) {
    int dimensions = embeddings[0].length;
    int labels = targets[0].length;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = manager.zeros(new Shape(labels, dimensions));
      NDArray bias = manager.zeros(new Shape(1, labels));
      weight.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      parameters.put("head_weight", weight);
      parameters.put("head_bias", bias);
      int steps = Math.max(1, (embeddings.length + BATCH - 1) / BATCH);
      LearningRate rate =
          new LearningRate(
              parameters.keySet(), LEARNING_RATE, LEARNING_RATE, 1, steps, (long) steps * epochs);
      long step = 0;
      try (AdamW optimiser = new AdamW(manager, parameters, 0.05, 10)) {
        for (int epoch = 0; epoch < epochs; epoch++) {
          for (List<Integer> rows : batches(embeddings.length, new Random(seed + epoch))) {
            step(manager, weight, bias, loss, pick(embeddings, rows), pick(targets, rows));
            long now = step++;
            optimiser.step(name -> rate.at(name, now));
          }
        }
      }
      return new LinearHead(weight.toFloatArray(), bias.toFloatArray());
    }
  }

  private static void step(
      NDManager manager,
      NDArray weight,
      NDArray bias,
      HierarchicalLoss loss,
      float[][] embeddings,
      float[][] targets) {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray logits = scope.create(embeddings).matMul(weight.transpose()).add(bias);
      logits.attach(scope);
      collector.backward(loss.evaluate(logits, targets));
    }
  }

  private static List<List<Integer>> batches(int rows, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      order.add(row);
    }
    Collections.shuffle(order, random);
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < rows; from += BATCH) {
      batches.add(order.subList(from, Math.min(rows, from + BATCH)));
    }
    return batches;
  }

  private static float[][] pick(float[][] values, List<Integer> rows) {
    return rows.stream().map(row -> values[row]).toArray(float[][]::new);
  }
}
