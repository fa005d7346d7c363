package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Which store a command works on. */
final class StoreOption {

  @Option(
      names = "--store",
      paramLabel = "LOCATION",
      defaultValue = "${env:MUSHROOM_STORE:-persistent-folder}",
      description =
          "Folder or gs://bucket[/prefix] that holds datasets, runs and models"
              + " (default: ${DEFAULT-VALUE}; set by MUSHROOM_STORE).")
  private String location = "persistent-folder";

  ObjectStore open() throws IOException {
    return ObjectStores.open(location);
  }
}
