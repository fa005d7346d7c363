package app.mushroom.benchmarks.training;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.training.ComputeDevice;
import app.mushroom.trainer.training.Training;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Option;

/** Some mushrooms of a dataset's train split, through the trainer's own loader. */
final class RealPhotos {

  @Option(names = "--store", required = true, description = "A folder or gs://bucket[/prefix].")
  private String store = "";

  @Option(names = "--dataset")
  private String dataset = "mushrooms";

  @Option(names = "--photos", description = "How many photos of it.")
  private int photos = 512;

  @Option(names = "--loader-threads")
  private int threads = 2;

  /** Does something with a training on these photos. */
  interface Measurement {
    void of(Training training, List<DatasetPhoto> photos) throws IOException;
  }

  void measure(Recipe recipe, int headEpochs, int epochs, Measurement measurement)
      throws IOException {
    try (ObjectStore objects = ObjectStores.open(store)) {
      DatasetRepository repository = new DatasetRepository(objects);
      List<DatasetPhoto> all =
          repository
              .latest(dataset)
              .orElseThrow(() -> new IOException(store + " has no dataset " + dataset))
              .photos();
      LabelIndex labels = LabelIndex.of(all);
      List<DatasetPhoto> chosen =
          new ArrayList<>(
              all.stream()
                  .filter(photo -> photo.split() == Split.TRAIN)
                  .filter(photo -> photo.rank() != LabelRank.NONE)
                  .toList());
      Collections.shuffle(chosen, new Random(1));
      List<DatasetPhoto> some = chosen.subList(0, Math.min(photos, chosen.size()));
      try (BatchLoader loader =
          new BatchLoader(
              new PhotoSource(repository, dataset),
              labels,
              Preprocessing.imagenet(recipe.size),
              threads)) {
        measurement.of(
            new Training(
                recipe.settings(headEpochs, epochs),
                labels,
                some,
                loader,
                new boolean[labels.size()],
                List.of(),
                ComputeDevice.of(recipe.device)),
            some);
      }
    }
  }
}
