package app.mushroom.trainer.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Linear warm-up, then half a cosine down to a hundredth (Loshchilov and Hutter, "SGDR", ICLR
 * 2017), smaller for early layers than for late ones (Howard and Ruder, "ULMFiT", ACL 2018): early
 * filters are general and need little change.
 */
final class LearningRate {

  private final Map<String, Double> peaks = new LinkedHashMap<>();
  private final long warmUpSteps;
  private final long totalSteps;

  /**
   * @param names parameters from the stem to the head
   * @param stemShare the first layer's rate as a share of {@code backbone}, in (0, 1]
   */
  LearningRate(
      Set<String> names,
      double backbone,
      double head,
      double stemShare,
      long warmUpSteps,
      long totalSteps) {
    this.warmUpSteps = warmUpSteps;
    this.totalSteps = totalSteps;
    int depth = 0;
    for (String name : names) {
      double position = names.size() < 2 ? 1 : depth++ / (names.size() - 1.0);
      double rate = name.startsWith("head_") ? head : backbone * Math.pow(stemShare, 1 - position);
      peaks.put(name, rate);
    }
  }

  double at(String name, long step) {
    Double peak = peaks.get(name);
    if (peak == null) {
      throw new IllegalArgumentException("no learning rate for " + name);
    }
    return peak * factor(step);
  }

  double factor(long step) {
    if (step < warmUpSteps) {
      return (step + 1.0) / warmUpSteps;
    }
    double progress = (step - warmUpSteps) / (double) Math.max(1, totalSteps - warmUpSteps);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
    return 0.01 + 0.99 * cosine;
  }
}
