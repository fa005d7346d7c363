package app.mushroom.trainer.runs;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.training.Checkpoint;
import app.mushroom.trainer.training.ComputeDevice;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.Hyperparameters;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.StoppedException;
import app.mushroom.trainer.training.Training;
import app.mushroom.trainer.training.TrainingPosition;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The training of a run: from a backbone, or a checkpoint, to the network that did best on val. */
final class TrainingJob implements AutoCloseable {

  /** A checkpoint counts as five, for itself and for the one resumed from; and the bundle. */
  private static final int NETWORKS_ON_DISK = 16;

  private final Hyperparameters settings;
  private final ComputeDevice device;
  private final RunPhotos photos;
  private final BatchLoader loader;
  private final Training training;
  private final Validation validation;
  private final RunJournal journal;
  private final Checkpoints checkpoints;
  private final Console console;
  private final BooleanSupplier stop;
  private final InstantSource clock;
  private final Path work;

  /** Where a job works and what it is asked by. */
  record Surroundings(
      ComputeDevice device,
      Path work,
      BooleanSupplier stop,
      Console console,
      InstantSource clock) {}

  TrainingJob(
      Hyperparameters settings,
      RunPhotos photos,
      PhotoSource source,
      SpeciesCatalogue catalogue,
      List<Training.Teacher> teachers,
      RunJournal journal,
      Checkpoints checkpoints,
      Surroundings surroundings) {
    this.settings = settings;
    this.device = surroundings.device();
    this.photos = photos;
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.console = surroundings.console();
    this.stop = surroundings.stop();
    this.clock = surroundings.clock();
    this.work = surroundings.work();
    int threads = device.loaderThreads(Runtime.getRuntime().availableProcessors());
    this.loader =
        new BatchLoader(
            source, photos.labels(), Preprocessing.imagenet(settings.inputSize()), threads);
    this.training =
        new Training(
            settings,
            photos.labels(),
            photos.of(Split.TRAIN),
            loader,
            photos.poisonous(),
            teachers,
            device);
    this.validation =
        new Validation(photos, loader, settings.batchSize(), catalogue, stop, console);
  }

  /** A job that trains nothing, for what else a run's photos and labels are good for. */
  static TrainingJob idle(
      RunParameters parameters,
      ObjectStore objects,
      RunPhotos photos,
      PhotoSource source,
      SpeciesCatalogue catalogue,
      RunJournal journal,
      Surroundings surroundings) {
    Checkpoints none =
        new Checkpoints(
            new CheckpointStore(objects, parameters.run()),
            journal,
            surroundings.work(),
            new Checkpoints.Timing(Duration.ZERO, surroundings.clock(), Sleeper.REAL),
            surroundings.console());
    return new TrainingJob(
        parameters.hyperparameters(),
        photos,
        source,
        catalogue,
        List.of(),
        journal,
        none,
        surroundings);
  }

  /**
   * Trains until all epochs are done.
   *
   * @param backbone TorchScript file; read only when there is no checkpoint to go on from
   * @param checkpoint the folder of the checkpoint to go on from
   * @return the best network on val
   * @throws StoppedException if asked to stop; what was done since the embedding phase is saved
   */
  Path run(Path backbone, Optional<Path> checkpoint) throws IOException {
    checkpoints
        .lastPlace()
        .ifPresent(place -> console.say("Going on from the checkpoint " + place));
    console.say("Training on " + device);
    journal.publish("running", null);
    Path start =
        checkpoint.isPresent()
            ? checkpoint.get().resolve(Checkpoint.NETWORK)
            : embeddingPhase(backbone);
    // A fresh module: weights loaded into one that is in use leave it untrained, silently.
    try (Network network = training.load(start);
        FineTuner tuner = training.fineTuner(network, work, clock)) {
      if (checkpoint.isPresent()) {
        Checkpoint.restore(tuner, checkpoint.get());
      } else {
        checkpoints.insist(tuner, Checkpoints.SHORT);
      }
      if (journal.best() == null && tuner.position().equals(TrainingPosition.START)) {
        begin(network);
      }
      tune(tuner);
      if (settings.epochs() > 0 && journal.isHeadBest()) {
        console.say(
            "No epoch did better on val than the head alone, so that is what is published. More"
                + " epochs, or another rate, may.");
      }
    }
    return journal.bestNetwork();
  }

  /**
   * Averages published networks instead of training one.
   *
   * @param networks TorchScript files by version
   * @param target where the average goes
   * @return the versions that are in it
   */
  List<String> average(Map<String, Path> networks, Path target) throws IOException {
    return new ModelAverage(training, photos, validation, console).write(networks, target);
  }

  private TimeLeft timeLeft() {
    return new TimeLeft(
        settings.epochs(),
        photos.of(Split.TRAIN).size(),
        settings::sizeAt,
        photos.mushrooms(Split.VAL).size() + FineTuner.STATISTICS_BATCHES * settings.batchSize(),
        settings.inputSize(),
        clock);
  }

  private Path embeddingPhase(Path backbone) throws IOException {
    WorkFolder.requireSpace(work, NETWORKS_ON_DISK * Files.size(backbone));
    int total = photos.mushrooms(Split.TRAIN).size();
    console.say("Embedding phase: " + total + " photos through the backbone, then a head");
    Path target = work.resolve("initial.pt");
    training.embeddingPhase(
        backbone,
        work,
        target,
        done -> {
          StoppedException.throwIf(stop);
          console.progress("embedding", done, total, "");
        });
    return target;
  }

  private void begin(Network network) throws IOException {
    Figures val = validation.validate(network);
    journal.begin(val, network);
    console.say("Linear head on the frozen embedding, val: " + Validation.line(val));
  }

  private void tune(FineTuner tuner) throws IOException {
    EpochProgress progress =
        new EpochProgress(
            settings.epochs(),
            photos.mushrooms(Split.TRAIN).size(),
            timeLeft(),
            validation,
            journal,
            checkpoints,
            console);
    try {
      tuner.run(stop, progress);
    } catch (StoppedException e) {
      checkpoints.insist(tuner, Checkpoints.SHORT);
      throw e;
    } catch (UncheckedIOException e) {
      // Photos that cannot be read come between two steps: nothing else of the epoch is lost.
      checkpoints.insistDespite(e, tuner);
      throw e;
    }
    checkpoints.insist(tuner, Checkpoints.LONG);
  }

  /** What the network answers to these photos. */
  LabelledOutputs outputs(Network network, String what, List<DatasetPhoto> some) {
    return validation.outputs(network, what, some);
  }

  /** All readable photos of a split, those of anything but mushrooms included. */
  List<DatasetPhoto> photos(Split split) {
    return photos.of(split);
  }

  Network load(Path file) {
    return training.load(file);
  }

  LabelSet labelSet() {
    return photos.labelSet();
  }

  /**
   * Takes over the epochs of a finished run, whose network is published once more.
   *
   * @param headDidBest whether that network is the head alone
   */
  void recall(boolean headDidBest) throws IOException {
    journal.recall(headDidBest);
  }

  /** How many epochs trained the best network: none if it is the head alone. */
  int epochsBehindBest() {
    return journal.isHeadBest() ? 0 : settings.epochs();
  }

  List<EpochRecord> epochs() {
    return journal.epochs();
  }

  @Override
  public void close() {
    loader.close();
  }
}
