package app.mushroom.benchmarks.training;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.training.Checkpoint;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.FineTuner.EpochResult;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whole epochs on real photos, a checkpoint after each: speed, the loader's share, memory. */
@Command(name = "epochs")
final class EpochsCommand implements Callable<Integer>, FineTuner.Listener {

  @Mixin private Recipe recipe = new Recipe();
  @Mixin private RealPhotos photos = new RealPhotos();

  @Option(names = "--epochs")
  private int epochs = 8;

  private Path work = Path.of("");
  private @org.jspecify.annotations.Nullable EpochResult last;

  @Override
  public Integer call() throws IOException {
    photos.measure(recipe, 1, epochs, this::measure);
    return 0;
  }

  private void measure(Training training, List<DatasetPhoto> some) throws IOException {
    work = Files.createTempDirectory("benchmark");
    Path initial = work.resolve("initial.pt");
    training.embeddingPhase(recipe.backbone, work, initial, done -> {});
    try (Network network = training.load(initial);
        FineTuner tuner = training.fineTuner(network, work, Clock.systemUTC())) {
      tuner.run(() -> false, this);
    }
    for (String name :
        List.of(
            "initial.pt",
            "untrained.pt",
            Checkpoint.NETWORK,
            Checkpoint.STATE,
            "best.pt",
            "averaged.pt")) {
      Files.deleteIfExists(work.resolve(name));
    }
    Files.delete(work);
  }

  @Override
  public void step(FineTuner tuner, FineTuner.StepResult result) {}

  @Override
  public void averaged(Network network, EpochResult result) throws IOException {
    network.save(work.resolve("best.pt"));
    last = result;
  }

  @Override
  public void finished(FineTuner tuner) throws IOException {
    Checkpoint.save(tuner, work);
    EpochResult result = java.util.Objects.requireNonNull(last);
    new Figure()
        .with("epoch", result.epoch())
        .with("imagesPerSecond", result.photosPerSecond())
        .with("loaderWaitShare", result.loaderWaitShare())
        .with("heapMegabytes", Figure.heapMegabytes())
        .with("directMegabytes", Figure.directMegabytes())
        .with("residentMegabytes", Figure.residentMegabytes())
        .print();
  }
}
