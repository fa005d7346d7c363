package app.mushroom.trainer.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which photos an epoch shows, and in which order. Rare labels are shown more often: a label of n
 * photos gets a share proportional to n^(1 - balance) (compare Mahajan et al., "Exploring the
 * Limits of Weakly Supervised Pretraining", ECCV 2018, who take balance 1/2).
 */
public final class Sampler {

  private final int[] labels;
  private final double[] repeats;
  private final long seed;

  /**
   * @param labels for each photo its label index
   * @param balance 0 shows every photo once, 1 every label equally often
   */
  public Sampler(int[] labels, int labelCount, double balance, long seed) {
    if (balance < 0 || balance > 1) {
      throw new IllegalArgumentException("balance must be in [0, 1], found " + balance);
    }
    this.labels = labels.clone();
    this.seed = seed;
    double[] counts = new double[labelCount];
    for (int label : labels) {
      counts[label]++;
    }
    this.repeats = new double[labelCount];
    double total = 0;
    for (int label = 0; label < labelCount; label++) {
      repeats[label] = counts[label] == 0 ? 0 : Math.pow(counts[label], -balance);
      total += repeats[label] * counts[label];
    }
    for (int label = 0; label < labelCount; label++) {
      repeats[label] *= labels.length / total;
    }
  }

  /**
   * @return indices of photos; about as many as there are photos, the same for the same epoch
   */
  public List<Integer> epoch(int epoch) {
    Random random = new Random(seed * 1_000_003 + epoch);
    List<Integer> order = new ArrayList<>();
    for (int photo = 0; photo < labels.length; photo++) {
      int times = (int) Math.floor(repeats[labels[photo]] + random.nextDouble());
      for (int i = 0; i < times; i++) {
        order.add(photo);
      }
    }
    Collections.shuffle(order, random);
    return order;
  }
}
