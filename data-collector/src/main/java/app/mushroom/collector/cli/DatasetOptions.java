package app.mushroom.collector.cli;

import app.mushroom.collector.versions.NoVersionException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dataset, and where it lies: options of every command. */
final class DatasetOptions {
  @Option(names = "--dataset", paramLabel = "NAME", description = "Name of the dataset.")
  private String dataset = "mushrooms";

  @Option(
      names = "--store",
      paramLabel = "PLACE",
      defaultValue = "${env:MUSHROOM_STORE:-persistent-folder}",
      description = "A folder, or gs://bucket[/prefix]; MUSHROOM_STORE sets it too.")
  private String store = "persistent-folder";

  String dataset() {
    return dataset;
  }

  /** As it was named: a folder, or {@code gs://bucket[/prefix]}. */
  String place() {
    return store;
  }

  ObjectStore open() throws IOException {
    return ObjectStores.open(store);
  }

  /**
   * @param version its number, or null for the latest
   * @throws DatasetRejectedException if there is no version of that number, with those there are
   * @throws NoVersionException if there is none at all
   */
  DatasetVersion read(ObjectStore opened, @Nullable Integer version) throws IOException {
    DatasetRepository datasets = new DatasetRepository(opened);
    if (version != null) {
      return datasets.read(dataset, version);
    }
    return datasets
        .latest(dataset)
        .orElseThrow(() -> new NoVersionException(dataset, opened.location()));
  }
}
