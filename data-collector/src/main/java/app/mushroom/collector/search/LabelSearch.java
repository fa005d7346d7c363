package app.mushroom.collector.search;

import app.mushroom.collector.search.OfferSequence.Offer;
import app.mushroom.collector.search.PhotoFetch.Fetched;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.OfferedPhoto;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The search for one label. Its list is read and its photos are fetched by threads of its own, so
 * that what they wait for holds up no other label and no stop; decisions come in the order of the
 * offers.
 */
final class LabelSearch {
  private static final int WAITING_PER_THREAD = 2;
  private static final long LOOK_UP_MILLIS = 100;

  private final OfferSequence offers;
  private final PhotoFetch fetch;
  private final Predicate<Licence> allowed;
  private final LabelDecisions decisions;
  private final SearchOptions options;
  private final int threads;
  private final BooleanSupplier stopping;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();

  private record UnderWay(OfferedPhoto photo, Future<Fetched> result) {}

  /** Is told after each decision. */
  interface Decided {
    void next() throws IOException;
  }

  /**
   * @param threads that fetch photos of this label, at least 1
   * @param stopping whether to end soon
   */
  LabelSearch(
      OfferSequence offers,
      PhotoFetch fetch,
      Predicate<Licence> allowed,
      LabelDecisions decisions,
      SearchOptions options,
      int threads,
      BooleanSupplier stopping) {
    this.offers = offers;
    this.fetch = fetch;
    this.allowed = allowed;
    this.decisions = decisions;
    this.options = options;
    this.threads = threads;
    this.stopping = stopping;
  }

  LabelOutcome run(Decided decided) throws IOException, InterruptedException {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    ExecutorService fetchers = Executors.newFixedThreadPool(threads);
    try {
      boolean more = true;
      while (!stopping.getAsBoolean()) {
        more = more && begin(reader, fetchers);
        if (underWay.isEmpty()) {
          break;
        }
        UnderWay next = underWay.remove();
        Fetched fetched = await(next.result());
        if (fetched != null) {
          decisions.decide(next.photo(), fetched);
          decided.next();
        }
      }
    } finally {
      fetchers.shutdownNow();
      reader.shutdownNow();
      decisions.end();
    }
    // A reader that is stopped in the middle of a page may still be at it.
    return stopping.getAsBoolean()
        ? decisions.outcome(Map.of(), Map.of())
        : decisions.outcome(offers.skipped(), offers.ends());
  }

  /**
   * Never more under way than could all be taken, so that none is fetched in vain.
   *
   * @return whether there may be more offers
   */
  private boolean begin(ExecutorService reader, ExecutorService fetchers)
      throws IOException, InterruptedException {
    while (decisions.has() + decisions.waiting() + underWay.size() < options.perLabel()
        && underWay.size() < threads * WAITING_PER_THREAD) {
      Optional<Offer> offered = await(reader.submit(this::undecided));
      if (offered == null || offered.isEmpty()) {
        return false;
      }
      if (offered.get() instanceof Offer.Kept kept) {
        decisions.keepPlace(kept.source(), kept.until());
        continue;
      }
      OfferedPhoto photo = ((Offer.Listed) offered.get()).photo();
      if (!allowed.test(photo.licence())) {
        decisions.refuse(photo.licence(), photo);
      } else if (options.dryRun()) {
        decisions.wouldFetch();
      } else {
        underWay.add(new UnderWay(photo, fetchers.submit(() -> fetch.fetch(photo))));
      }
    }
    return true;
  }

  private Optional<Offer> undecided() throws InterruptedException {
    Optional<Offer> offer = offers.next();
    while (offer.isPresent()
        && offer.get() instanceof Offer.Listed listed
        && decisions.isDecided(listed.photo())) {
      offer = offers.next();
    }
    return offer;
  }

  /** What a task brings; null if the search is to stop before. */
  private <T> @Nullable T await(Future<T> task) throws IOException, InterruptedException {
    while (!stopping.getAsBoolean()) {
      try {
        return task.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        continue; // to look whether to stop
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("A task of a search failed in a way nobody expected", e);
      }
    }
    return null;
  }
}
