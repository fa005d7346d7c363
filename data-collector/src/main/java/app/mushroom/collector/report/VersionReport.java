package app.mushroom.collector.report;

import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the report of a dataset version: one HTML page with pictures, complete in itself. */
public final class VersionReport {
  private final ObjectStore store;
  private final DatasetRepository datasets;
  private final SpeciesCatalogue catalogue;

  public VersionReport(ObjectStore store, SpeciesCatalogue catalogue) {
    this.store = store;
    this.datasets = new DatasetRepository(store);
    this.catalogue = catalogue;
  }

  /**
   * Writes the report of a version into the file; without one beside the version.
   *
   * @param refusals photos that were left out; where there are none, the card's counts are shown
   * @param notes sentences that people should read
   * @return where it lies
   * @throws IOException if the store or the file fails
   */
  public String write(
      DatasetVersion version,
      QualityFindings findings,
      List<Refusal> refusals,
      List<String> notes,
      @Nullable Path file)
      throws IOException {
    DatasetCard card = version.card();
    Integer parent = card.parent();
    Optional<DatasetVersion> before =
        parent == null ? Optional.empty() : Optional.of(datasets.read(card.name(), parent));
    String page =
        page(new Reported(card.name(), card, version.photos(), before, findings, refusals, notes));
    if (file != null) {
      Files.writeString(file, page);
      return file.toString();
    }
    ObjectKey key = key(card.name(), card.version());
    store.writeBytes(key, page.getBytes(StandardCharsets.UTF_8), Precondition.none());
    return place(key);
  }

  /**
   * Writes the report of photos that no version was made of: of a dry run, or where too many were
   * refused.
   *
   * @throws IOException if the store or the file fails
   */
  public String writeDraft(
      String dataset,
      List<DatasetPhoto> photos,
      QualityFindings findings,
      List<Refusal> refusals,
      List<String> notes,
      Path file)
      throws IOException {
    Optional<DatasetVersion> before = datasets.latest(dataset);
    Files.writeString(
        file, page(new Reported(dataset, null, photos, before, findings, refusals, notes)));
    return file.toString();
  }

  /** Where the report of a version lies, if there is one. */
  public Optional<String> find(String dataset, int version) throws IOException {
    ObjectKey key = key(dataset, version);
    return store.find(key).map(found -> place(key));
  }

  private String page(Reported reported) throws IOException {
    return new ReportPage(datasets, catalogue).of(reported);
  }

  private String place(ObjectKey key) {
    return store.location() + "/" + key;
  }

  private static ObjectKey key(String dataset, int version) {
    return ObjectKey.of("datasets", dataset, "versions", Integer.toString(version), "report.html");
  }
}
