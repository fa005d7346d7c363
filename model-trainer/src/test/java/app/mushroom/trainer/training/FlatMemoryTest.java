package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.cli.TinyRun;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine holds as much after many epochs as after the first. */
class FlatMemoryTest {

  @TempDir Path folder;

  @Test
  void everyEpochFreesWhatItTook() throws Exception {
    TinyRun tiny = new TinyRun(folder.resolve("tiny"));
    Hyperparameters settings = tiny.begin("--epochs=12").hyperparameters();
    List<Integer> held = new ArrayList<>();
    try (ObjectStore objects = ObjectStores.open(tiny.store().toString())) {
      DatasetRepository datasets = new DatasetRepository(objects);
      List<DatasetPhoto> all = datasets.latest("tiny").orElseThrow().photos();
      List<DatasetPhoto> photos =
          all.stream().filter(photo -> photo.split() == Split.TRAIN).toList();
      LabelIndex labels = LabelIndex.of(all);
      try (BatchLoader loader =
          new BatchLoader(
              new PhotoSource(datasets, "tiny"),
              labels,
              Preprocessing.imagenet(settings.inputSize()),
              2)) {
        Training training =
            new Training(
                settings,
                labels,
                photos,
                loader,
                new boolean[labels.size()],
                List.of(),
                ComputeDevice.choose("cpu", () -> false));
        Path start = folder.resolve("initial.pt");
        training.embeddingPhase(tiny.backbone(), folder, start, done -> {});
        try (Network network = training.load(start);
            FineTuner tuner = training.fineTuner(network, folder, Clock.systemUTC())) {
          tuner.run(() -> false, new Counting(network.manager(), held));
        }
      }
    }
    assertThat(held).hasSize(12).containsOnly(held.get(0));
    assertThat(held.get(0)).as("weights, moments, averages").isGreaterThan(20);
  }

  private record Counting(NDManager manager, List<Integer> held) implements FineTuner.Listener {

    @Override
    public void step(FineTuner tuner, FineTuner.StepResult result) {}

    @Override
    public void averaged(Network network, FineTuner.EpochResult result) {}

    @Override
    public void finished(FineTuner tuner) throws IOException {
      held.add(resources(manager.getParentManager()));
    }
  }

  /** Arrays and modules of a manager and all below it. */
  private static int resources(NDManager manager) throws IOException {
    try {
      Field field = BaseNDManager.class.getDeclaredField("resources");
      field.setAccessible(true);
      int count = 0;
      for (Object resource : ((Map<?, ?>) field.get(manager)).values()) {
        count += resource instanceof NDManager below ? 1 + resources(below) : 1;
      }
      return count;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the engine counts its arrays in another way now", e);
    }
  }
}
