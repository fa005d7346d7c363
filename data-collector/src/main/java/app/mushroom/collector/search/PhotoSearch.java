package app.mushroom.collector.search;

import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.Source;
import app.mushroom.storage.dataset.DatasetRepository;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Searches the sources for photos of labels until each has as many as wanted, several labels side
 * by side. The photos of a label are fetched by several threads and decided on one after another in
 * the order in which they were offered: which of two equal photos stays does not depend on which
 * came first, and whatever interrupts a search, the next one comes to the same photos.
 */
public final class PhotoSearch {
  /** More would ask the same few hosts. */
  private static final int LABELS_AT_ONCE = 4;

  private static final long FLUSH_SECONDS = 15;

  private final List<Source> sources;
  private final PhotoFetch fetch;
  private final Predicate<Licence> allowed;
  private final DatasetRepository datasets;
  private final SearchRecords records;
  private final SearchOptions options;
  private final Clock clock;
  private volatile boolean stopping;
  private volatile boolean over;
  private Instant flushed;

  /**
   * @param sources in the order of their turns; safe for use by several threads
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
   * @return one for each label, in their order; none of labels that a stop came before
   * @throws IOException if the store fails; what was decided before is on record
   */
  public List<LabelOutcome> run(List<AcceptedTaxon> taxa, SearchProgress progress)
      throws IOException, InterruptedException {
    if (taxa.isEmpty()) {
      return List.of();
    }
    int atOnce = Math.min(Math.min(LABELS_AT_ONCE, options.threads()), taxa.size());
    ExecutorService labels = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<Optional<LabelOutcome>>> running = new ArrayList<>();
      for (AcceptedTaxon taxon : taxa) {
        running.add(labels.submit(() -> search(taxon, options.threads() / atOnce, progress)));
      }
      return outcomes(running);
    } finally {
      over = true; // for labels that go on although another failed
      labels.shutdown();
      labels.awaitTermination(1, TimeUnit.HOURS);
      records.flush();
    }
  }

  private Optional<LabelOutcome> search(AcceptedTaxon taxon, int threads, SearchProgress progress)
      throws IOException, InterruptedException {
    if (isEnding()) {
      return Optional.empty();
    }
    LabelDecisions decisions = new LabelDecisions(taxon, options, datasets, records, clock);
    LabelSearch search =
        new LabelSearch(
            new OfferSequence(sources, taxon, options.perObservation()),
            fetch,
            allowed,
            decisions,
            options,
            threads,
            this::isEnding);
    boolean done = false;
    try {
      LabelOutcome outcome =
          search.run(
              () -> {
                progress.at(
                    taxon.label(), decisions.has(), options.perLabel(), decisions.refused());
                flushNowAndThen();
              });
      done = true;
      return Optional.of(outcome);
    } finally {
      if (!done) {
        over = true;
      }
      progress.ended(taxon.label());
    }
  }

  private boolean isEnding() {
    return stopping || over;
  }

  private synchronized void flushNowAndThen() throws IOException {
    if (clock.instant().isAfter(flushed.plusSeconds(FLUSH_SECONDS))) {
      records.flush();
      flushed = clock.instant();
    }
  }

  private static List<LabelOutcome> outcomes(List<Future<Optional<LabelOutcome>>> running)
      throws IOException, InterruptedException {
    List<LabelOutcome> outcomes = new ArrayList<>();
    for (Future<Optional<LabelOutcome>> label : running) {
      try {
        label.get().ifPresent(outcomes::add);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("A search failed in a way that nobody expected", e);
      }
    }
    return outcomes;
  }
}
