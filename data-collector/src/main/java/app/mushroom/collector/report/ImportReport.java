package app.mushroom.collector.report;

import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.collector.imports.ImportOutcome.Ending;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the report of an import: one HTML page with pictures, complete in itself. */
public final class ImportReport {
  private static final int PICTURE_SIDE = 108;

  private final ObjectStore store;
  private final DatasetRepository datasets;
  private final String dataset;
  private final PhotoPreparation pictures =
      PhotoPreparation.forPictures(new PhotoDecoder(), PICTURE_SIDE);

  public ImportReport(ObjectStore store, String dataset) {
    this.store = store;
    this.datasets = new DatasetRepository(store);
    this.dataset = dataset;
  }

  /**
   * Writes the report into the file; without one beside a version that was published.
   *
   * @return where it lies, empty if there was no place for it
   */
  public Optional<String> write(ImportOutcome outcome, @Nullable Path file) throws IOException {
    DatasetCard card = outcome.card();
    if (file != null) {
      Files.writeString(file, page(outcome));
      return Optional.of(file.toString());
    }
    if (outcome.ending() != Ending.PUBLISHED || card == null) {
      return Optional.empty();
    }
    ObjectKey key =
        ObjectKey.of(
            "datasets", dataset, "versions", Integer.toString(card.version()), "report.html");
    store.writeBytes(key, page(outcome).getBytes(StandardCharsets.UTF_8), Precondition.none());
    return Optional.of(store.location() + "/" + key);
  }

  private String page(ImportOutcome outcome) throws IOException {
    return new ReportPage(this::picture).of(dataset, outcome);
  }

  private Optional<byte[]> picture(DatasetPhoto photo) throws IOException {
    try {
      return Optional.of(pictures.prepare(datasets.image(dataset, photo.sha256())).jpeg());
    } catch (ObjectNotFoundException e) {
      // A dry run stores nothing, so there is nothing to show.
      return Optional.empty();
    } catch (PhotoRejectedException e) {
      throw new IOException(
          "The stored photo " + photo.sha256() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
