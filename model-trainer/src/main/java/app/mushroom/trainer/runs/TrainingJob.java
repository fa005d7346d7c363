package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.training.Checkpoint;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.Hyperparameters;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Training;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One training run from dataset version to the network that did best on val, resumable after every
 * epoch.
 */
public final class TrainingJob implements AutoCloseable {

  private final RunParameters parameters;
  private final RunPhotos photos;
  private final BatchLoader loader;
  private final Training training;
  private final Validation validation;
  private final RunJournal journal;
  private final Console console;
  private final Clock clock;
  private final Path work;

  /**
   * @param work an empty folder on a local disk
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   */
  public TrainingJob(
      RunParameters parameters,
      RunStore runs,
      DatasetVersion dataset,
      PhotoSource source,
      SpeciesCatalogue catalogue,
      List<Training.Teacher> teachers,
      String device,
      Path work,
      Console console,
      Clock clock) {
    this.parameters = parameters;
    this.console = console;
    this.clock = clock;
    this.work = work;
    this.photos = new RunPhotos(dataset, catalogue);
    Hyperparameters settings = parameters.hyperparameters();
    this.loader =
        new BatchLoader(source, photos.labels(), Preprocessing.imagenet(settings.inputSize()), 2);
    this.training =
        new Training(
            settings,
            photos.labels(),
            photos.of(Split.TRAIN),
            loader,
            photos.poisonous(),
            teachers,
            device);
    this.validation = new Validation(photos, loader, settings.batchSize(), catalogue, console);
    this.journal = new RunJournal(parameters.run(), runs, work, clock);
  }

  /**
   * Trains until all epochs are done or {@code stop} says so.
   *
   * @param backbone TorchScript file; read only when there is no checkpoint to go on from
   * @return the best network on val, or empty if stopped
   */
  public Optional<Path> run(Path backbone, BooleanSupplier stop) throws IOException {
    Path checkpoint = Files.createDirectory(work.resolve("checkpoint"));
    Optional<RunStore.CheckpointIndex> index = journal.resume(checkpoint);
    int epochsDone = index.map(RunStore.CheckpointIndex::epoch).orElse(0);
    journal.state("running", epochsDone, null);
    Path start;
    if (index.isPresent()) {
      console.say("Going on after epoch " + epochsDone + " of run " + parameters.run());
      start = checkpoint.resolve(Checkpoint.NETWORK);
    } else {
      start = work.resolve("initial.pt");
      if (!embeddingPhase(backbone, start, stop)) {
        journal.state(
            "interrupted", 0, "Stopped in the embedding phase, before the first checkpoint.");
        return Optional.empty();
      }
    }
    // A fresh module: weights loaded into one that is in use leave it untrained, silently.
    try (Network network = training.load(start);
        FineTuner tuner = training.fineTuner(network, clock)) {
      if (index.isPresent()) {
        Checkpoint.restore(tuner, checkpoint);
      } else {
        begin(network);
      }
      int epochs = parameters.hyperparameters().epochs();
      int mushrooms = photos.mushrooms(Split.TRAIN).size();
      boolean done =
          tuner.run(
              epochsDone,
              stop,
              new EpochProgress(epochs, mushrooms, timeLeft(), validation, journal, console));
      if (!done) {
        journal.state("interrupted", epochs().size(), "Go on with: mushroom train --resume");
        return Optional.empty();
      }
    }
    return Optional.of(journal.best());
  }

  private TimeLeft timeLeft() {
    Hyperparameters settings = parameters.hyperparameters();
    return new TimeLeft(
        settings.epochs(),
        photos.of(Split.TRAIN).size(),
        settings::sizeAt,
        photos.mushrooms(Split.VAL).size() + FineTuner.RECALIBRATION_BATCHES * settings.batchSize(),
        settings.inputSize(),
        clock);
  }

  private boolean embeddingPhase(Path backbone, Path target, BooleanSupplier stop)
      throws IOException {
    int total = photos.mushrooms(Split.TRAIN).size();
    console.say("Embedding phase: " + total + " photos through the backbone, then a head");
    try {
      training.embeddingPhase(
          backbone,
          work,
          target,
          done -> {
            if (stop.getAsBoolean()) {
              throw new StoppedException();
            }
            console.progress("embedding", done, total, "");
          });
      return true;
    } catch (StoppedException e) {
      return false;
    }
  }

  private void begin(Network network) throws IOException {
    console.say(
        "Linear head on the frozen embedding, val: "
            + Validation.line(validation.validate(network)));
    if (parameters.hyperparameters().epochs() == 0) {
      network.save(journal.best());
    }
  }

  /** Unwinds the embedding phase, which has nothing to save. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** What the network answers to these photos. */
  public LabelledOutputs outputs(Network network, String what, List<DatasetPhoto> some) {
    return validation.outputs(network, what, some);
  }

  /** All photos of a split, those of anything but mushrooms included. */
  public List<DatasetPhoto> photos(Split split) {
    return photos.of(split);
  }

  public Network load(Path file) {
    return training.load(file);
  }

  public LabelSet labelSet() {
    return photos.labelSet();
  }

  /** Takes over the epochs of a finished run, whose network is published once more. */
  void recall() throws IOException {
    journal.recall();
  }

  public List<EpochRecord> epochs() {
    return journal.epochs();
  }

  public int bestEpoch() {
    return journal.bestEpoch();
  }

  /** Records how far the run got. */
  void state(String state, @Nullable String detail, @Nullable String publishedVersion)
      throws IOException {
    journal.state(state, epochs().size(), detail, publishedVersion);
  }

  @Override
  public void close() {
    loader.close();
  }
}
