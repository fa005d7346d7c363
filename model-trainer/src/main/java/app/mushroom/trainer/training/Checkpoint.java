package app.mushroom.trainer.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files from which training goes on: {@code network.pt} (live weights and statistics) and
 * {@code state.bin} (position, optimiser and averages). Hashes and completeness are the run
 * record's job.
 */
public final class Checkpoint {

  public static final String NETWORK = "network.pt";
  public static final String STATE = "state.bin";

  private static final int FORMAT = 2;

  private Checkpoint() {}

  public static void save(FineTuner tuner, Path folder) throws IOException {
    tuner.network().save(folder.resolve(NETWORK));
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve(STATE))))) {
      out.writeInt(FORMAT);
      tuner.position().write(out);
      out.writeLong(tuner.stepsDone());
      tuner.optimiser().save(out);
      tuner.average().save(out);
    }
  }

  /** Restores position, optimiser and averages of a tuner built on the checkpoint's network. */
  public static void restore(FineTuner tuner, Path folder) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(STATE))))) {
      int format = in.readInt();
      if (format != FORMAT) {
        throw new IOException(
            "Expected a checkpoint of format "
                + FORMAT
                + ", found "
                + format
                + ", which another version of this program wrote. Resume with that version, or"
                + " start the training anew.");
      }
      TrainingPosition position = TrainingPosition.read(in);
      tuner.goOnFrom(position, in.readLong());
      tuner.optimiser().load(in);
      tuner.average().load(in);
    }
  }
}
