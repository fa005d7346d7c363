package app.mushroom.trainer.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * How far fine-tuning has come, between two steps.
 *
 * @param epoch epochs done
 * @param step steps done in the running epoch
 * @param lossSum sum of these steps' losses
 * @param seconds how long these steps took
 */
public record TrainingPosition(int epoch, int step, double lossSum, double seconds) {

  public static final TrainingPosition START = new TrainingPosition(0, 0, 0, 0);

  TrainingPosition afterStep(double loss, double stepSeconds) {
    return new TrainingPosition(epoch, step + 1, lossSum + loss, seconds + stepSeconds);
  }

  TrainingPosition afterEpoch() {
    return new TrainingPosition(epoch + 1, 0, 0, 0);
  }

  /**
   * What the engine's random numbers start from at this position. The engine's own state cannot be
   * read and saved, so every step seeds it anew.
   */
  int randomSeed(long seed) {
    return new SplittableRandom((seed * 1_009 + epoch) * 1_000_003 + step).nextInt();
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(epoch);
    out.writeInt(step);
    out.writeDouble(lossSum);
    out.writeDouble(seconds);
  }

  static TrainingPosition read(DataInputStream in) throws IOException {
    return new TrainingPosition(in.readInt(), in.readInt(), in.readDouble(), in.readDouble());
  }
}
