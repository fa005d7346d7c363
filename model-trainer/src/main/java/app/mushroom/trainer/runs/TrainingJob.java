package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Evaluator;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.training.Checkpoint;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.FineTuner.EpochResult;
import app.mushroom.trainer.training.Hyperparameters;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.trainer.training.Training;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One training run from dataset version to the network that did best on val, resumable after every
 * epoch.
 */
public final class TrainingJob implements AutoCloseable {

  private static final String BEST = "best.pt";

  private final RunParameters parameters;
  private final RunStore runs;
  private final DatasetVersion dataset;
  private final LabelIndex labels;
  private final LabelSet labelSet;
  private final SpeciesCatalogue catalogue;
  private final BatchLoader loader;
  private final Training training;
  private final Console console;
  private final Clock clock;
  private final Path work;
  private final List<EpochRecord> epochs = new ArrayList<>();
  private int bestEpoch;
  private double bestTop1 = -1;
  private double bestLoss = Double.POSITIVE_INFINITY;

  /**
   * @param work an empty folder on a local disk
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   */
  public TrainingJob(
      RunParameters parameters,
      RunStore runs,
      DatasetVersion dataset,
      PhotoSource photos,
      SpeciesCatalogue catalogue,
      String device,
      Path work,
      Console console,
      Clock clock) {
    this.parameters = parameters;
    this.runs = runs;
    this.dataset = dataset;
    this.catalogue = catalogue;
    this.console = console;
    this.clock = clock;
    this.work = work;
    this.labels = LabelIndex.of(dataset.photos());
    this.labelSet = Labels.of(labels, dataset.photos(), catalogue);
    Hyperparameters settings = parameters.hyperparameters();
    this.loader = new BatchLoader(photos, labels, Preprocessing.imagenet(settings.inputSize()), 2);
    boolean[] poisonous = new boolean[labels.size()];
    for (int i = 0; i < poisonous.length; i++) {
      poisonous[i] = labelSet.get(i).toxicity().isPoisonous();
    }
    this.training = new Training(settings, labels, photos(Split.TRAIN), loader, poisonous, device);
  }

  /**
   * Trains until all epochs are done or {@code stop} says so.
   *
   * @param backbone TorchScript file; read only when there is no checkpoint to go on from
   * @return the best network on val, or empty if stopped
   */
  public Optional<Path> run(Path backbone, BooleanSupplier stop) throws IOException {
    Path checkpoint = Files.createDirectory(work.resolve("checkpoint"));
    Optional<RunStore.CheckpointIndex> index = runs.loadCheckpoint(parameters.run(), checkpoint);
    state("running", index.map(RunStore.CheckpointIndex::epoch).orElse(0), null);
    Path best = work.resolve(BEST);
    Network network;
    if (index.isPresent()) {
      resume(index.get(), checkpoint, best);
      // A fresh module: weights loaded into one that is in use leave it untrained, silently.
      network = training.load(checkpoint.resolve(Checkpoint.NETWORK));
    } else {
      Path initial = work.resolve("initial.pt");
      int total = mushrooms(Split.TRAIN).size();
      console.say("Embedding phase: " + total + " photos through the backbone, then a head");
      try {
        training.embeddingPhase(
            backbone,
            work,
            initial,
            done -> {
              if (stop.getAsBoolean()) {
                throw new StoppedException();
              }
              console.progress("embedding", done, total, "");
            });
      } catch (StoppedException e) {
        state("interrupted", 0, "Stopped in the embedding phase, before the first checkpoint.");
        return Optional.empty();
      }
      network = training.load(initial);
      Figures start = validate(network);
      console.say("Linear head on the frozen embedding, val: " + line(start));
      if (parameters.hyperparameters().epochs() == 0) {
        network.save(best);
      }
    }
    try (network;
        FineTuner tuner = training.fineTuner(network, clock)) {
      if (index.isPresent()) {
        Checkpoint.restore(tuner, checkpoint);
      }
      int first = index.map(RunStore.CheckpointIndex::epoch).orElse(0);
      boolean done = tuner.run(first, stop, new Progress(best));
      if (!done) {
        state("interrupted", epochs.size(), "Go on with: mushroom train --resume");
        return Optional.empty();
      }
    }
    return Optional.of(best);
  }

  private void resume(RunStore.CheckpointIndex index, Path checkpoint, Path best)
      throws IOException {
    epochs.addAll(
        runs.readMetrics(parameters.run(), EpochRecord.class).stream()
            .filter(epoch -> epoch.epoch() <= index.epoch())
            .toList());
    bestEpoch = index.bestEpoch();
    bestTop1 = index.bestTop1();
    bestLoss = index.bestLoss();
    Files.copy(checkpoint.resolve(BEST), best, StandardCopyOption.REPLACE_EXISTING);
    console.say("Going on after epoch " + index.epoch() + " of run " + parameters.run());
  }

  /** Unwinds the embedding phase, which has nothing to save. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final class Progress implements FineTuner.Listener {

    private final Path best;
    private final TimeLeft timeLeft;

    Progress(Path best) {
      this.best = best;
      Hyperparameters settings = parameters.hyperparameters();
      this.timeLeft =
          new TimeLeft(
              settings.epochs(),
              photos(Split.TRAIN).size(),
              settings::sizeAt,
              mushrooms(Split.VAL).size() + FineTuner.RECALIBRATION_BATCHES * settings.batchSize(),
              settings.inputSize(),
              clock);
    }

    @Override
    public void step(int epoch, int done, int total, double meanLoss) {
      String detail =
          String.format(Locale.ROOT, "loss %.3f", meanLoss)
              + timeLeft
                  .at(epoch - 1, done / (double) total)
                  .map(left -> ", all epochs: " + RoughTime.of(left) + " left")
                  .orElse("");
      int of = parameters.hyperparameters().epochs();
      console.progress("epoch " + epoch + "/" + of, done, total, detail);
    }

    @Override
    public void averaged(Network network, EpochResult result) throws IOException {
      Figures val = validate(network);
      boolean better = val.top1() > bestTop1 || val.top1() == bestTop1 && val.loss() < bestLoss;
      if (better) {
        bestEpoch = result.epoch();
        bestTop1 = val.top1();
        bestLoss = val.loss();
        network.save(best);
      }
      epochs.add(record(result, val));
      console.say(
          String.format(
              Locale.ROOT,
              "epoch %d at %d px: loss %.3f, %.1f photos/s; val %s%s",
              result.epoch(),
              result.size(),
              result.trainLoss(),
              result.photosPerSecond(),
              line(val),
              better ? "  (best so far)" : ""));
    }

    @Override
    public void finished(FineTuner tuner, EpochResult result) throws IOException {
      Path folder = Files.createTempDirectory(work, "checkpoint-");
      Checkpoint.save(tuner, folder);
      Files.copy(best, folder.resolve(BEST));
      runs.saveCheckpoint(
          parameters.run(),
          new RunStore.CheckpointIndex(
              JsonDocument.SCHEMA_VERSION,
              result.epoch(),
              bestEpoch,
              bestTop1,
              bestLoss,
              List.of()),
          folder);
      runs.writeMetrics(parameters.run(), epochs);
      state("running", result.epoch(), null);
      WorkFolder.delete(folder);
    }
  }

  private EpochRecord record(EpochResult result, Figures val) {
    double seconds = mushrooms(Split.TRAIN).size() / Math.max(0.001, result.photosPerSecond());
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

  private Figures validate(Network network) {
    LabelledOutputs outputs = outputs(network, "val", mushrooms(Split.VAL));
    return new Evaluator(labelSet)
        .evaluate(outputs, NeutralPolicy.of(labelSet, catalogue, outputs));
  }

  /** What the network answers to these photos. */
  public LabelledOutputs outputs(Network network, String what, List<DatasetPhoto> photos) {
    int batch = parameters.hyperparameters().batchSize();
    Outputs outputs =
        Outputs.of(
            network,
            loader.plain(photos, batch),
            photos.size(),
            done -> console.progress(what, done, photos.size(), ""));
    int[] truth = photos.stream().mapToInt(labels::indexOf).toArray();
    return new LabelledOutputs(outputs.logits(), outputs.embeddings(), truth);
  }

  /** All photos of a split, those of anything but mushrooms included. */
  public List<DatasetPhoto> photos(Split split) {
    return dataset.photos().stream().filter(photo -> photo.split() == split).toList();
  }

  private List<DatasetPhoto> mushrooms(Split split) {
    return photos(split).stream().filter(photo -> photo.rank() != LabelRank.NONE).toList();
  }

  /** Takes over the epochs of a finished run, whose network is published once more. */
  public void recall() throws IOException {
    epochs.addAll(runs.readMetrics(parameters.run(), EpochRecord.class));
  }

  public Network load(Path file) {
    return training.load(file);
  }

  public LabelSet labelSet() {
    return labelSet;
  }

  public List<EpochRecord> epochs() {
    return List.copyOf(epochs);
  }

  public int bestEpoch() {
    return bestEpoch;
  }

  /** Records how far the run got. */
  public void state(String state, int epochsDone, @org.jspecify.annotations.Nullable String detail)
      throws IOException {
    runs.write(
        parameters.run(),
        "run.json",
        new RunState(
            JsonDocument.SCHEMA_VERSION, state, clock.instant(), epochsDone, detail, null));
  }

  private static String line(Figures figures) {
    return String.format(
        Locale.ROOT,
        "top-1 %.1f %%, top-5 %.1f %%, genus %.1f %%, macro-F1 %.3f, loss %.3f",
        100 * figures.top1(),
        100 * figures.top5(),
        100 * figures.genusTop1(),
        figures.macroF1(),
        figures.loss());
  }

  @Override
  public void close() {
    loader.close();
  }
}
