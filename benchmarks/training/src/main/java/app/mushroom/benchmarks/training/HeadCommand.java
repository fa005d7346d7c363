package app.mushroom.benchmarks.training;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The embedding phase: one pass of the photos through the backbone, then many over embeddings. */
@Command(name = "head")
final class HeadCommand implements Callable<Integer> {

  @Mixin private Recipe recipe = new Recipe();
  @Mixin private RealPhotos photos = new RealPhotos();

  @Option(names = "--head-epochs")
  private int headEpochs = 40;

  @Override
  public Integer call() throws IOException {
    photos.measure(recipe, headEpochs, 0, this::measure);
    return 0;
  }

  private void measure(Training training, List<DatasetPhoto> some) throws IOException {
    Path work = Files.createTempDirectory("benchmark");
    long[] embedded = {0};
    long[] first = {0};
    Path head = work.resolve("head.pt");
    training.embeddingPhase(
        recipe.backbone,
        work,
        head,
        done -> {
          embedded[0] = System.nanoTime();
          if (first[0] == 0) {
            first[0] = embedded[0];
          }
        });
    long end = System.nanoTime();
    // The first batch is left out: it pays for the engine's warm-up.
    int timed = some.size() - recipe.batch;
    double forward = (embedded[0] - first[0]) / 1e9 * some.size() / timed;
    new Figure()
        .with("photos", some.size())
        .with("forwardEpochSeconds", forward)
        .with("headEpochSeconds", (end - embedded[0]) / 1e9 / headEpochs)
        .print();
    Files.delete(head);
    Files.delete(work.resolve("untrained.pt"));
    Files.delete(work);
  }
}
