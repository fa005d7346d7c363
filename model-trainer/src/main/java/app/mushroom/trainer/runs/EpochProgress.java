package app.mushroom.trainer.runs;

import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.FineTuner.EpochResult;
import app.mushroom.trainer.training.Network;
import java.io.IOException;
import java.util.Locale;

/** Follows fine-tuning: shows every step, validates and records every epoch. */
final class EpochProgress implements FineTuner.Listener {

  private final int epochs;
  private final int photos;
  private final TimeLeft timeLeft;
  private final Validation validation;
  private final RunJournal journal;
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
      Console console) {
    this.epochs = epochs;
    this.photos = photos;
    this.timeLeft = timeLeft;
    this.validation = validation;
    this.journal = journal;
    this.console = console;
  }

  @Override
  public void step(int epoch, int done, int total, double meanLoss) {
    String detail =
        String.format(Locale.ROOT, "loss %.3f", meanLoss)
            + timeLeft
                .at(epoch - 1, done / (double) total)
                .map(left -> ", run: " + RoughTime.of(left) + " left")
                .orElse("");
    console.progress("epoch " + epoch + "/" + epochs, done, total, detail);
  }

  @Override
  public void averaged(Network network, EpochResult result) throws IOException {
    Figures val = validation.validate(network);
    boolean better = journal.add(record(result, val), network, val);
    console.say(
        String.format(
            Locale.ROOT,
            "epoch %d at %d px: loss %.3f, %.1f photos/s; val %s%s",
            result.epoch(),
            result.size(),
            result.trainLoss(),
            result.photosPerSecond(),
            Validation.line(val),
            better ? "  (best so far)" : ""));
  }

  @Override
  public void finished(FineTuner tuner, EpochResult result) throws IOException {
    journal.checkpoint(tuner, result.epoch());
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
