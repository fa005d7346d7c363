package app.mushroom.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Cross-entropy on labels plus cross-entropy on groupings of labels (genus; poisonous or not),
 * whose probabilities are the sums of their labels'. Mistaking one Amanita for another then costs
 * less than mistaking it for a Boletus, and mass that leaks from poisonous to harmless labels costs
 * extra. Compare Bertinetto et al., "Making Better Mistakes", CVPR 2020.
 *
 * <p>Written without scalar operands: on CPU, DJL frees the tensor behind {@code array.mul(number)}
 * before the backward pass reads it, and gradients become noise.
 */
final class HierarchicalLoss implements AutoCloseable {

  /**
   * A partition of the labels.
   *
   * @param weight how much this grouping's cross-entropy counts beside the labels'
   * @param groupOf for each label the index of its group
   */
  record Grouping(double weight, int[] groupOf) {

    int groups() {
      int max = -1;
      for (int group : groupOf) {
        max = Math.max(max, group);
      }
      return max + 1;
    }
  }

  private final NDManager manager;
  private final NDArray membership; // (K, G): 1 where the label belongs to the group
  private final float[][] columns; // per label: its weight in each group column
  private final NDArray tiny;
  private final int groups;

  HierarchicalLoss(NDManager parent, int labels, List<Grouping> groupings) {
    this.manager = parent.newSubManager();
    this.groups = groupings.stream().mapToInt(Grouping::groups).sum();
    this.columns = new float[labels][groups];
    float[] members = new float[labels * Math.max(1, groups)];
    int offset = 0;
    for (Grouping grouping : groupings) {
      for (int label = 0; label < labels; label++) {
        int column = offset + grouping.groupOf()[label];
        columns[label][column] = (float) grouping.weight();
        members[label * groups + column] = 1;
      }
      offset += grouping.groups();
    }
    this.membership = manager.create(members, new Shape(labels, Math.max(1, groups)));
    this.tiny = manager.create(new float[] {1e-7f});
  }

  /**
   * @param logits (N, K)
   * @param targets N rows of K probabilities
   * @return the mean loss, a scalar with its graph
   */
  NDArray evaluate(NDArray logits, float[][] targets) {
    NDManager scope = logits.getManager();
    int labels = columns.length;
    float[] flat = new float[targets.length * labels];
    for (int row = 0; row < targets.length; row++) {
      System.arraycopy(targets[row], 0, flat, row * labels, labels);
    }
    NDArray target = scope.create(flat, new Shape(targets.length, labels));
    NDArray loss = logits.logSoftmax(1).mul(target).sum(new int[] {1}).mean().neg();
    if (groups == 0) {
      return loss;
    }
    NDArray groupTarget = scope.create(groupTargets(targets), new Shape(targets.length, groups));
    NDArray mass = logits.softmax(1).matMul(membership).add(tiny);
    return loss.add(mass.log().mul(groupTarget).sum(new int[] {1}).mean().neg());
  }

  private float[] groupTargets(float[][] targets) {
    float[] flat = new float[targets.length * groups];
    for (int row = 0; row < targets.length; row++) {
      for (int label = 0; label < columns.length; label++) {
        float share = targets[row][label];
        if (share != 0) {
          for (int group = 0; group < groups; group++) {
            flat[row * groups + group] += share * columns[label][group];
          }
        }
      }
    }
    return flat;
  }

  @Override
  public void close() {
    manager.close();
  }
}
