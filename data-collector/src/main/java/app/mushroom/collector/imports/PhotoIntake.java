package app.mushroom.collector.imports;

import app.mushroom.collector.dataset.Candidate;
import app.mushroom.collector.looks.PhotoLooks;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.photo.PreparedPhoto;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes one photo in: finds its file, checks and encodes it, stores it. Safe for several threads.
 */
final class PhotoIntake {
  private final PhotoPreparation preparation;
  private final DatasetRepository datasets;
  private final ImportRecords records;
  private final PhotoLooks looks;
  private final String dataset;
  private final boolean store;

  /**
   * @param store false to do everything but write
   */
  PhotoIntake(
      PhotoPreparation preparation,
      DatasetRepository datasets,
      ImportRecords records,
      PhotoLooks looks,
      String dataset,
      boolean store) {
    this.preparation = preparation;
    this.datasets = datasets;
    this.records = records;
    this.looks = looks;
    this.dataset = dataset;
    this.store = store;
  }

  /**
   * @throws UnfitPhotoException if the file is no photo that we take
   * @throws IOException if the store fails
   */
  Candidate take(SourcePhoto photo, LabelMeaning meaning) throws IOException, UnfitPhotoException {
    byte[] bytes = read(file(photo), photo);
    String fileSha256 = Sha256.of(bytes);
    Optional<ImportRecord> before = records.find(fileSha256, preparation.recipe());
    ImportRecord record = before.isPresent() ? before.get() : encode(bytes, fileSha256);
    String sourceSha256 = photo.sourceSha256();
    return new Candidate(
        photo.where(),
        record.sha256(),
        record.width(),
        record.height(),
        record.sizeBytes(),
        meaning.label(),
        meaning.rank(),
        meaning.taxon(),
        meaning.genus(),
        photo.split(),
        photo.group(),
        photo.tier(),
        photo.source(),
        sourceSha256 == null ? fileSha256 : sourceSha256,
        photo.licence(),
        photo.attribution());
  }

  private ImportRecord encode(byte[] bytes, String fileSha256)
      throws IOException, UnfitPhotoException {
    PreparedPhoto prepared;
    try {
      prepared = preparation.prepare(bytes);
    } catch (PhotoRejectedException e) {
      throw new UnfitPhotoException(
          e.reason().name().toLowerCase(Locale.ROOT), String.valueOf(e.getMessage()));
    }
    ImportRecord record =
        new ImportRecord(
            fileSha256,
            preparation.recipe(),
            prepared.sha256(),
            prepared.width(),
            prepared.height(),
            prepared.jpeg().length);
    if (store) {
      datasets.putImage(dataset, prepared.sha256(), prepared.jpeg());
      records.add(record);
    }
    looks.see(prepared.sha256(), prepared.jpeg());
    return record;
  }

  private static Path file(SourcePhoto photo) throws UnfitPhotoException {
    Path file;
    try {
      file = photo.root().resolve(photo.file()).normalize();
    } catch (InvalidPathException e) {
      throw new UnfitPhotoException(
          "missing_file", "Expected the path of a file: " + e.getReason());
    }
    if (!file.startsWith(photo.root())) {
      throw outside();
    }
    if (!Files.isRegularFile(file)) {
      throw new UnfitPhotoException(
          "missing_file",
          "Expected a file here, found none. Paths are relative to the list's folder.");
    }
    try {
      if (!file.toRealPath().startsWith(photo.root().toRealPath())) {
        throw outside();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return file;
  }

  private static UnfitPhotoException outside() {
    return new UnfitPhotoException(
        "outside_folder",
        "Expected a file below the folder of the list, found a path or link that leaves it. Move the file or the list.");
  }

  private static UnfitPhotoException unreadable(IOException e) {
    return new UnfitPhotoException(
        "unreadable_file", "The file cannot be read: " + e.getClass().getSimpleName());
  }

  private static byte[] read(Path file, SourcePhoto photo) throws UnfitPhotoException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) PhotoDecoder.MAX_BYTES + 1);
      if (bytes.length > PhotoDecoder.MAX_BYTES) {
        throw new UnfitPhotoException(
            "too_large",
            "Expected at most %d MB, found a larger file: %s. Make it smaller."
                .formatted(PhotoDecoder.MAX_BYTES / 1_000_000, photo.file()));
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
