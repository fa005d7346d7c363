package app.mushroom.trainer.runs;

import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.FineTuner.EpochResult;
import app.mushroom.trainer.training.FineTuner.StepResult;
import app.mushroom.trainer.training.Network;
import java.io.IOException;
import java.util.Locale;

/** Follows fine-tuning: shows every step, validates, records and saves every epoch. */
final class EpochProgress implements FineTuner.Listener {

  private final int epochs;
  private final int photos;
  private final TimeLeft timeLeft;
  private final Validation validation;
  private final RunJournal journal;
  private final Checkpoints checkpoints;
  private final Console console;

  /**
   * @param epochs in all
   * @param photos mushrooms to train on
   */
  EpochProgress(
      int epochs,
      int photos,
      TimeLeft timeLeft,
      Validation validation,
      RunJournal journal,
      Checkpoints checkpoints,
      Console console) {
    this.epochs = epochs;
    this.photos = photos;
    this.timeLeft = timeLeft;
    this.validation = validation;
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.console = console;
  }

  @Override
  public void step(FineTuner tuner, StepResult result) throws IOException {
    String detail =
        String.format(Locale.ROOT, "loss %.3f", result.meanLoss())
            + timeLeft
                .at(result.epoch() - 1, result.done() / (double) result.total())
                .map(left -> ", run: " + RoughTime.of(left) + " left")
                .orElse("");
    console.progress(
        "epoch " + result.epoch() + "/" + epochs, result.done(), result.total(), detail);
    checkpoints.whenDue(tuner);
  }

  @Override
  public void averaged(Network network, EpochResult result) throws IOException {
    Figures val = validation.validate(network);
    boolean better = journal.add(record(result, val), network);
    console.say(
        String.format(
            Locale.ROOT,
            "epoch %d at %d px: loss %.3f, %.1f photos/s%s; val %s%s",
            result.epoch(),
            result.size(),
            result.trainLoss(),
            result.photosPerSecond(),
            loaderWait(result.loaderWaitShare()),
            Validation.line(val),
            better ? "  (best so far)" : ""));
  }

  @Override
  public void finished(FineTuner tuner) throws IOException {
    checkpoints.attempt(tuner);
  }

  /** Silent while the loader keeps up. */
  private static String loaderWait(double share) {
    return share <= 0.05
        ? ""
        : String.format(Locale.ROOT, " (%.0f %% of the time waiting for photos)", 100 * share);
  }

  private EpochRecord record(EpochResult result, Figures val) {
    double seconds = photos / Math.max(0.001, result.photosPerSecond());
    return new EpochRecord(
        result.epoch(),
        result.size(),
        result.learningRate(),
        result.trainLoss(),
        result.photosPerSecond(),
        seconds,
        val.top1(),
        val.top5(),
        val.genusTop1(),
        val.macroF1(),
        val.loss());
  }
}
