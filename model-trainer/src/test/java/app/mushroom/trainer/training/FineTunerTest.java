package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.BatchLoader.TrainingView;
import app.mushroom.trainer.dataset.Batches;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.trainer.training.FineTuner.EpochResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunerTest {

  private static final int SIZE = 32;
  private static final int BATCH = 4;

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void saysWhichShareOfAnEpochItWaitedForPhotos() throws Exception {
    List<DatasetPhoto> photos = IntStream.range(0, 12).mapToObj(FineTunerTest::photo).toList();
    Path file = folder.resolve("network.pt");
    ClassifierScript.write(
        TinyBackbone.write(folder.resolve("backbone.pt")),
        file,
        new float[2 * TinyBackbone.DIMENSIONS],
        new float[2],
        0);
    Training training =
        new Training(
            settings(),
            LabelIndex.of(photos),
            photos,
            new SlowBatches(),
            new boolean[2],
            List.of(),
            ComputeDevice.of("cpu"));
    List<EpochResult> results = new ArrayList<>();
    try (Network network = training.load(file);
        FineTuner tuner = training.fineTuner(network, folder, this::tick)) {
      tuner.run(() -> false, new SlowListener(results));
    }
    // Three steps of one second, each after four seconds of waiting.
    assertThat(results).hasSize(1);
    assertThat(results.get(0).loaderWaitShare()).isCloseTo(0.8, within(1e-9));
    assertThat(results.get(0).photosPerSecond()).isCloseTo(BATCH / 5.0, within(1e-9));
  }

  /** A clock that is a second further each time it is read. */
  private Instant tick() {
    now = now.plusSeconds(1);
    return now;
  }

  private static DatasetPhoto photo(int i) {
    String label = i % 2 == 0 ? "amanita_muscaria" : "boletus_edulis";
    String sha256 = String.format("%064x", i);
    return new DatasetPhoto(
        sha256,
        label,
        LabelRank.SPECIES,
        label,
        null,
        Split.TRAIN,
        sha256,
        null,
        1,
        1,
        1,
        "drawn",
        null,
        "CC0-1.0",
        null);
  }

  private static Hyperparameters settings() {
    return new Hyperparameters(
        0, 1, BATCH, SIZE, SIZE, SIZE, 1e-3, 1e-3, 1, 0, 5, 0, 0, 0.3, 0.3, 0, 0.9, 0.5, 0, 0, 0, 0,
        0, 0, 1);
  }

  /** Grey photos that take three seconds a batch. */
  private final class SlowBatches implements Batches {

    @Override
    public Iterator<Batch> training(
        List<DatasetPhoto> photos, List<Integer> order, TrainingView view, long seed, int first) {
      return batches(order.size() / view.batchSize(), Duration.ofSeconds(3));
    }

    @Override
    public Iterator<Batch> plain(List<DatasetPhoto> photos, int batchSize) {
      return batches(photos.size() / batchSize, Duration.ZERO);
    }

    private Iterator<Batch> batches(int count, Duration each) {
      return new Iterator<>() {
        private int taken;

        @Override
        public boolean hasNext() {
          return taken < count;
        }

        @Override
        public Batch next() {
          taken++;
          now = now.plus(each);
          float[][] targets = new float[BATCH][];
          java.util.Arrays.setAll(targets, row -> new float[] {row % 2, 1 - row % 2});
          return new Batch(new float[BATCH * 3 * SIZE * SIZE], targets, BATCH, SIZE);
        }
      };
    }
  }

  private static final class SlowListener implements FineTuner.Listener {

    private final List<EpochResult> results;

    SlowListener(List<EpochResult> results) {
      this.results = results;
    }

    @Override
    public void step(FineTuner tuner, FineTuner.StepResult result) {}

    @Override
    public void averaged(Network network, EpochResult result) {
      results.add(result);
    }

    @Override
    public void finished(FineTuner tuner) {}
  }
}
