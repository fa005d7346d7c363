package app.mushroom.collector.imports;

import app.mushroom.collector.dataset.Candidate;
import app.mushroom.collector.dataset.DatasetAssembly;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.dataset.StraddlingGroupException;
import app.mushroom.collector.imports.ImportOutcome.Ending;
import app.mushroom.collector.looks.PhotoLooks;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.search.SearchHistory;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next version of a dataset from photographs on disk. Photos are stored as they are
 * checked, the version is published at the end; whatever interrupts it, the next run goes on from
 * what is stored.
 */
public final class PhotoImport {
  private final ObjectStore store;
  private final SpeciesCatalogue catalogue;
  private final PhotoPreparation preparation;
  private final Clock clock;
  private volatile boolean stopping;

  public PhotoImport(
      ObjectStore store, SpeciesCatalogue catalogue, PhotoPreparation preparation, Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.preparation = preparation;
    this.clock = clock;
  }

  /** Asks a running import to end soon; safe from any thread. */
  public void stop() {
    stopping = true;
  }

  /**
   * Runs the import.
   *
   * @throws ImportFailedException if an input is not what it should be, or splits contradict groups
   * @throws IOException if the store fails; nothing was published
   */
  public ImportOutcome run(ImportOptions options, ImportProgress progress)
      throws IOException, ImportFailedException, InterruptedException {
    Names.require("dataset", options.dataset());
    Offers offers = read(options.inputs());
    DatasetRepository datasets = new DatasetRepository(store);
    Optional<DatasetVersion> before = datasets.latest(options.dataset());
    LabelReader labels = new LabelReader(catalogue, options.allowUnknownLabels());
    List<Refusal> refusals = new ArrayList<>(offers.refusals());
    IntakeLine line = new IntakeLine(options.threads(), () -> stopping, progress);
    int offered = offers.photos().size() + offers.refusals().size();
    DatasetAssembly assembly;
    try (ImportRecords records = new ImportRecords(store, options.dataset());
        PhotoLooks looks =
            SearchHistory.read(store, options.dataset())
                .looks(store, options.dataset(), !options.dryRun())) {
      PhotoIntake intake =
          new PhotoIntake(
              preparation, datasets, records, looks, options.dataset(), !options.dryRun());
      List<Candidate> candidates =
          line.takeAll(offers.photos(), photo -> intake.take(photo, labels.read(photo)), refusals);
      looks.seeAll(photos(candidates, before), options.threads(), () -> stopping);
      if (stopping) {
        return outcome(Ending.STOPPED, offered, null, 0, refusals, labels.notes(), null);
      }
      assembly = assemble(candidates, before, options, looks);
    }
    refusals.addAll(assembly.refusals());
    int added = added(assembly.photos(), before);
    Ending ending = ending(options, offered, refusals.size(), assembly, before);
    List<String> notes = new ArrayList<>(labels.notes());
    notes.addAll(assembly.notes());
    DatasetCard card = before.map(DatasetVersion::card).orElse(null);
    Integer parent = card == null ? null : card.version();
    if (ending == Ending.PUBLISHED) {
      card =
          datasets
              .publish(
                  options.dataset(),
                  assembly.photos(),
                  Refusal.counts(refusals),
                  assembly.findings().counts(assembly.photos()),
                  clock.instant().truncatedTo(ChronoUnit.SECONDS))
              .card();
      if (!Objects.equals(parent, card.parent())) {
        notes.add(
            "Another import published version %d meanwhile, and version %d does not hold its photos. Run the command again to bring both together."
                .formatted(card.parent(), card.version()));
      }
    }
    return outcome(
        ending,
        offered,
        assembly,
        added,
        refusals,
        notes,
        ending == Ending.PUBLISHED || ending == Ending.UNCHANGED ? card : null);
  }

  private static Offers read(List<Path> inputs) throws IOException, ImportFailedException {
    Offers offers = new Offers();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        new LabelledFolder(input).read(offers);
      } else if (Files.isRegularFile(input)) {
        new CsvList(input).read(offers);
      } else {
        throw new ImportFailedException(
            "Expected a CSV list or a folder, found nothing at %s.".formatted(input));
      }
    }
    if (offers.photos().isEmpty() && offers.refusals().isEmpty()) {
      throw new ImportFailedException("Expected photographs, found lists without a single row.");
    }
    return offers;
  }

  private static List<String> photos(List<Candidate> candidates, Optional<DatasetVersion> before) {
    return Stream.concat(
            candidates.stream().map(Candidate::sha256),
            before.stream().flatMap(version -> version.photos().stream()).map(DatasetPhoto::sha256))
        .toList();
  }

  private static DatasetAssembly assemble(
      List<Candidate> candidates,
      Optional<DatasetVersion> before,
      ImportOptions options,
      PhotoLooks looks)
      throws ImportFailedException {
    try {
      return DatasetAssembly.of(candidates, before, options.earlier(), options.shares(), looks::of);
    } catch (StraddlingGroupException e) {
      throw new ImportFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Ending ending(
      ImportOptions options,
      int offered,
      int refused,
      DatasetAssembly assembly,
      Optional<DatasetVersion> before) {
    if (refused > options.mayRefuse() * offered || assembly.photos().isEmpty()) {
      return Ending.TOO_MANY_REFUSED;
    }
    if (before.isPresent() && before.get().photos().equals(assembly.photos())) {
      return Ending.UNCHANGED;
    }
    return options.dryRun() ? Ending.DRY_RUN : Ending.PUBLISHED;
  }

  private static int added(List<DatasetPhoto> photos, Optional<DatasetVersion> before) {
    Set<String> earlier =
        before.stream()
            .flatMap(version -> version.photos().stream())
            .map(DatasetPhoto::sha256)
            .collect(Collectors.toSet());
    return (int) photos.stream().filter(photo -> !earlier.contains(photo.sha256())).count();
  }

  private static ImportOutcome outcome(
      Ending ending,
      int offered,
      @Nullable DatasetAssembly assembly,
      int added,
      List<Refusal> refusals,
      List<String> notes,
      @Nullable DatasetCard card) {
    return new ImportOutcome(
        ending,
        offered,
        assembly == null ? List.of() : assembly.photos(),
        added,
        assembly == null ? 0 : assembly.duplicates(),
        refusals,
        assembly == null ? QualityFindings.NONE : assembly.findings(),
        notes,
        card);
  }
}
