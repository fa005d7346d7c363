package app.mushroom.collector.versions;

import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Reads every image of a version and hashes it again. */
public final class VersionCheck {
  private final DatasetRepository datasets;

  public VersionCheck(DatasetRepository datasets) {
    this.datasets = datasets;
  }

  /**
   * @param version whose manifest was compared with its card when it was read
   * @param progress told how many images are done
   * @return a sentence for each image that is not what the manifest says; empty if all are
   * @throws IOException if the store cannot be read at all
   */
  public List<String> run(DatasetVersion version, IntConsumer progress) throws IOException {
    List<String> wrong = new ArrayList<>();
    int done = 0;
    for (DatasetPhoto photo : version.photos()) {
      try {
        int found = datasets.image(version.card().name(), photo.sha256()).length;
        if (found != photo.sizeBytes()) {
          wrong.add(
              "%s: expected %d bytes, found %d."
                  .formatted(photo.sha256(), photo.sizeBytes(), found));
        }
      } catch (ObjectNotFoundException e) {
        wrong.add(photo.sha256() + ": the image is missing.");
      } catch (DatasetRejectedException | CorruptObjectException e) {
        wrong.add(String.valueOf(e.getMessage()));
      }
      progress.accept(++done);
    }
    return wrong;
  }
}
