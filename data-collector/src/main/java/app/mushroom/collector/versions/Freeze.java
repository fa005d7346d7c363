package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.Candidate;
import app.mushroom.collector.dataset.DatasetAssembly;
import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.dataset.StraddlingGroupException;
import app.mushroom.collector.looks.PhotoLooks;
import app.mushroom.collector.search.PhotoRecord;
import app.mushroom.collector.search.SearchHistory;
import app.mushroom.collector.source.Sighting;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next version of a dataset: the photos of the version before, and those that searches
 * took since. Photos keep their splits, new finds are shared out, label by label.
 */
public final class Freeze {
  private final ObjectStore store;
  private final SpeciesCatalogue catalogue;
  private final Clock clock;

  public Freeze(ObjectStore store, SpeciesCatalogue catalogue, Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param version the new version; the latest one if there was nothing new; null in a dry run
   * @param isNew whether it was made now
   * @param photos how many it has, or would have
   * @param added how many of them the version before has not
   * @param refusals photos that searches refused, and those that they took and that cannot stay
   * @param findings what people should look at
   * @param notes sentences that people should read
   */
  public record Frozen(
      @Nullable DatasetVersion version,
      boolean isNew,
      int photos,
      int added,
      List<Refusal> refusals,
      QualityFindings findings,
      List<String> notes) {

    public Frozen {
      refusals = List.copyOf(refusals);
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param dryRun work everything out, write nothing
   * @throws FreezeException if there is nothing to freeze, or published splits contradict finds
   * @throws IOException if the store fails; nothing was published
   */
  public Frozen run(String dataset, SplitShares shares, boolean dryRun)
      throws IOException, FreezeException, InterruptedException {
    DatasetRepository datasets = new DatasetRepository(store);
    Optional<DatasetVersion> before = datasets.latest(dataset);
    SearchHistory history = SearchHistory.read(store, dataset);
    TreeSet<String> notes = new TreeSet<>();
    List<Candidate> candidates = new ArrayList<>();
    history.taken().forEach(record -> candidates.add(candidate(record, notes)));
    if (candidates.isEmpty() && before.isEmpty()) {
      throw new FreezeException(
          "Expected photographs of dataset %s in %s, found none. Collect some first: mushroom collect search --help"
              .formatted(dataset, store.location()));
    }
    DatasetAssembly assembly;
    try (PhotoLooks looks = history.looks(store, dataset, !dryRun)) {
      looks.seeAll(
          before.stream()
              .flatMap(version -> version.photos().stream())
              .map(DatasetPhoto::sha256)
              .toList(),
          Runtime.getRuntime().availableProcessors(),
          () -> false);
      assembly = DatasetAssembly.of(candidates, before, Earlier.KEPT, shares, looks::of);
    } catch (StraddlingGroupException e) {
      throw new FreezeException(String.valueOf(e.getMessage()), e);
    }
    if (assembly.photos().isEmpty()) {
      throw new FreezeException(
          "Expected photographs to make a version of, found none that can stay: "
              + Refusal.counts(assembly.refusals())
              + ". Correct their labels at the sources, or collect others.");
    }
    notes.addAll(assembly.notes());
    List<Refusal> refusals = new ArrayList<>(assembly.refusals());
    refusals.addAll(history.refusals());
    int had = before.map(version -> version.photos().size()).orElse(0);
    if (before.isPresent() && before.get().photos().equals(assembly.photos())) {
      return new Frozen(
          before.get(), false, had, 0, refusals, assembly.findings(), List.copyOf(notes));
    }
    DatasetVersion version =
        dryRun
            ? null
            : datasets.publish(
                dataset,
                assembly.photos(),
                Refusal.counts(refusals),
                assembly.findings().counts(assembly.photos()),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    return new Frozen(
        version,
        !dryRun,
        assembly.photos().size(),
        assembly.photos().size() - had,
        refusals,
        assembly.findings(),
        List.copyOf(notes));
  }

  private Candidate candidate(PhotoRecord record, TreeSet<String> notes) {
    PhotoRecord.Taken stored = Objects.requireNonNull(record.taken());
    Optional<Species> species = catalogue.find(record.label());
    if (species.isEmpty()) {
      notes.add(
          "%s: not in the species catalogue, so its toxicity is unknown."
              .formatted(record.label()));
    }
    String rank = species.map(Species::rank).orElse(record.rank());
    String taxon = species.map(Species::scientificName).orElse(record.taxon());
    String genus =
        species
            .map(Species::genus)
            .orElse(record.taxon().split(" ", 2)[0].toLowerCase(Locale.ROOT));
    String page = record.page();
    Sighting sighting = record.sighting();
    return new Candidate(
        "%s %s (%s)"
            .formatted(record.source(), record.id(), page == null ? record.address() : page),
        stored.sha256(),
        stored.width(),
        stored.height(),
        stored.sizeBytes(),
        record.label(),
        rank.equals("genus") ? LabelRank.GENUS : LabelRank.SPECIES,
        taxon,
        genus,
        null,
        record.observation(),
        null,
        page == null ? record.address() : page,
        stored.sourceSha256(),
        record.licence(),
        record.attribution(),
        sighting == null ? null : sighting.observedMonth(),
        sighting == null ? null : sighting.cell());
  }
}
