package app.mushroom.collector.search;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.photo.PreparedPhoto;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.search.Inspector.Inspected;
import app.mushroom.collector.search.PhotoFetch.Fetched;
import app.mushroom.collector.search.PhotoRecord.Refused;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.collector.source.Source;
import app.mushroom.storage.dataset.DatasetRepository;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Searches the sources for photos of labels until each has as many as wanted. Photos are fetched by
 * several threads and decided one after another in the order in which they were offered: which of
 * two equal photos stays does not depend on which came first, and whatever interrupts a search, the
 * next one comes to the same photos.
 */
public final class PhotoSearch {
  private static final int WAITING_PER_THREAD = 2;
  private static final long FLUSH_SECONDS = 15;

  private final List<Source> sources;
  private final PhotoFetch fetch;
  private final Predicate<Licence> allowed;
  private final DatasetRepository datasets;
  private final SearchRecords records;
  private final SearchOptions options;
  private final Clock clock;
  private volatile boolean stopping;
  private Instant flushed;

  /**
   * @param sources in the order of their turns
   * @param allowed which licences a photo may have
   */
  public PhotoSearch(
      List<Source> sources,
      PhotoFetch fetch,
      Predicate<Licence> allowed,
      DatasetRepository datasets,
      SearchRecords records,
      SearchOptions options,
      Clock clock) {
    this.sources = List.copyOf(sources);
    this.fetch = fetch;
    this.allowed = allowed;
    this.datasets = datasets;
    this.records = records;
    this.options = options;
    this.clock = clock;
    this.flushed = clock.instant();
  }

  /** Asks a running search to end soon; safe from any thread. */
  public void stop() {
    stopping = true;
  }

  public boolean isStopping() {
    return stopping;
  }

  /**
   * @throws IOException if the store fails; what was decided before is on record
   */
  public List<LabelOutcome> run(List<AcceptedTaxon> taxa, SearchProgress progress)
      throws IOException, InterruptedException {
    List<LabelOutcome> outcomes = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(options.threads());
    try {
      for (AcceptedTaxon taxon : taxa) {
        if (stopping) {
          break;
        }
        outcomes.add(new LabelSearch(taxon, pool, progress).run());
      }
    } finally {
      pool.shutdownNow();
      records.flush();
    }
    return outcomes;
  }

  /** The search for one label. */
  private final class LabelSearch {
    private final AcceptedTaxon taxon;
    private final String label;
    private final ExecutorService pool;
    private final SearchProgress progress;
    private final OfferSequence offers;
    private final List<Refusal> refusals = new ArrayList<>();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final int before;
    private int has;

    private record UnderWay(OfferedPhoto photo, Future<Fetched> result) {}

    private LabelSearch(AcceptedTaxon taxon, ExecutorService pool, SearchProgress progress) {
      this.taxon = taxon;
      this.label = taxon.label();
      this.pool = pool;
      this.progress = progress;
      this.offers = new OfferSequence(sources, taxon, options.perObservation());
      this.before = records.taken(label);
      this.has = before;
    }

    private LabelOutcome run() throws IOException, InterruptedException {
      try {
        for (begin(); !underWay.isEmpty() && !stopping; begin()) {
          UnderWay next = underWay.remove();
          decide(next.photo(), result(next.result()));
          progress.at(label, has, options.perLabel(), refusals.size());
        }
      } finally {
        underWay.forEach(each -> each.result().cancel(true));
      }
      return new LabelOutcome(
          label,
          options.perLabel(),
          before,
          has - before,
          refusals,
          offers.skipped(),
          offers.ends());
    }

    /** Never more under way than could all be taken, so that none is fetched in vain. */
    private void begin() throws IOException, InterruptedException {
      while (!stopping
          && has + underWay.size() < options.perLabel()
          && underWay.size() < options.threads() * WAITING_PER_THREAD) {
        Optional<OfferedPhoto> offered = offers.next();
        if (offered.isEmpty()) {
          return;
        }
        OfferedPhoto photo = offered.get();
        if (records.isDecided(label, photo)) {
          continue;
        }
        if (!allowed.test(photo.licence())) {
          refuse(photo, licence(photo.licence()));
        } else if (options.dryRun()) {
          has++;
        } else {
          underWay.add(new UnderWay(photo, pool.submit(() -> fetch.fetch(photo))));
        }
      }
    }

    private void decide(OfferedPhoto photo, Fetched fetched) throws IOException {
      if (fetched instanceof Fetched.Fit fit) {
        take(photo, fit.photo(), fit.sourceSha256(), fit.seen());
      } else {
        refuse(photo, ((Fetched.Unfit) fetched).why());
      }
      if (clock.instant().isAfter(flushed.plusSeconds(FLUSH_SECONDS))) {
        records.flush();
        flushed = clock.instant();
      }
    }

    private void take(
        OfferedPhoto photo, PreparedPhoto prepared, String sourceSha256, Inspected seen)
        throws IOException {
      String same = records.sameBytes(label, sourceSha256);
      if (same == null) {
        same = records.sameBytes(label, prepared.sha256());
      }
      if (same != null) {
        refuse(photo, new Refused("duplicate", "The very same photo came from " + same, false));
        return;
      }
      PerceptualHash hash = seen.hash();
      String like = hash == null ? null : records.looksLike(label, hash);
      if (like != null) {
        refuse(
            photo, new Refused("near_duplicate", "Nearly the same photo came from " + like, false));
        return;
      }
      datasets.putImage(options.dataset(), prepared.sha256(), prepared.jpeg());
      records.add(
          PhotoRecord.taken(
              taxon,
              photo,
              now(),
              new PhotoRecord.Taken(
                  prepared.sha256(),
                  sourceSha256,
                  prepared.width(),
                  prepared.height(),
                  prepared.jpeg().length,
                  hash == null ? null : hash.toString(),
                  seen.review())));
      has++;
    }

    private void refuse(OfferedPhoto photo, Refused why) throws IOException {
      refusals.add(new Refusal(why.reason(), where(photo), why.detail()));
      // What may pass is put on record once, or every search would add a line.
      if (!options.dryRun() && !(why.passing() && records.isToTryAgain(label, photo))) {
        records.add(PhotoRecord.refused(taxon, photo, now(), why));
      }
    }

    private Refused licence(Licence licence) {
      String stated = licence.stated().isEmpty() ? "none" : licence.stated();
      return new Refused(
          "licence",
          "Expected a licence that was allowed, found "
              + licence.id()
              + " (stated: "
              + stated
              + ")",
          true); // another search may allow it
    }

    private Instant now() {
      return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
  }

  private static Fetched result(Future<Fetched> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("A photo's fetch failed in a way that nobody expected", e);
    }
  }

  private static String where(OfferedPhoto photo) {
    return photo.page() == null ? photo.address().toString() : photo.page().toString();
  }
}
