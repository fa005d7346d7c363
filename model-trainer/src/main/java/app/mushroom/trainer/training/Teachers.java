package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Finished networks that a new one learns from beside the labels (Hinton, Vinyals and Dean,
 * "Distilling the Knowledge in a Neural Network", 2015). They see the very views the pupil sees
 * (Beyer et al., "Knowledge distillation: A good teacher is patient and consistent", CVPR 2022).
 */
final class Teachers implements AutoCloseable {

  /** Nobody to learn from. */
  static final Teachers NONE = new Teachers(List.of(), Device.cpu(), 0);

  private record Loaded(Network network, double temperature) {}

  private final List<Loaded> teachers = new ArrayList<>();
  private final double share;

  /**
   * @param share of the targets that comes from the teachers, in [0, 1]
   */
  Teachers(List<Training.Teacher> teachers, Device device, double share) {
    this.share = teachers.isEmpty() ? 0 : share;
    for (Training.Teacher teacher : teachers) {
      this.teachers.add(new Loaded(Network.load(teacher.network(), device), teacher.temperature()));
    }
  }

  /**
   * @param input the pupil's batch
   * @param targets N rows of K probabilities; left as they are
   * @return N rows of K probabilities, the teachers' share blended in
   */
  float[][] blend(NDArray input, float[][] targets) {
    if (share == 0) {
      return targets;
    }
    float[][] blended = new float[targets.length][];
    for (int row = 0; row < targets.length; row++) {
      blended[row] = targets[row].clone();
      for (int label = 0; label < blended[row].length; label++) {
        blended[row][label] *= (float) (1 - share);
      }
    }
    for (Loaded teacher : teachers) {
      add(teacher, input, blended);
    }
    return blended;
  }

  private void add(Loaded teacher, NDArray input, float[][] blended) {
    float weight = (float) (share / teachers.size());
    float[] logits = teacher.network().infer(input).get(0).toFloatArray();
    int labels = logits.length / blended.length;
    for (int row = 0; row < blended.length; row++) {
      double[] powers = new double[labels];
      double sum = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int label = 0; label < labels; label++) {
        highest = Math.max(highest, logits[row * labels + label]);
      }
      for (int label = 0; label < labels; label++) {
        powers[label] = Math.exp((logits[row * labels + label] - highest) / teacher.temperature());
        sum += powers[label];
      }
      for (int label = 0; label < labels; label++) {
        blended[row][label] += (float) (weight * powers[label] / sum);
      }
    }
  }

  @Override
  public void close() {
    teachers.forEach(teacher -> teacher.network().close());
  }
}
