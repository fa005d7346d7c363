package app.mushroom.collector.search;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.collector.source.PhotoPage;
import app.mushroom.collector.source.Source;
import app.mushroom.collector.source.SourceException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The photos that sources offer of one taxon, balanced: the sources take turns, and within a page
 * every observer's first photo comes before anybody's second. The order depends on the lists alone
 * and not on what was taken before, so a search that goes on comes to the same photos as one that
 * was never interrupted. A source that is to be left alone for a while keeps its turns, or photos
 * of the others would take the places of those that it lists.
 */
final class OfferSequence {
  private final AcceptedTaxon taxon;
  private final int perObservation;
  private final Deque<Stream> turns = new ArrayDeque<>();
  private final Map<String, SourceEnd> ends = new LinkedHashMap<>();
  private final Map<String, Integer> skipped = new TreeMap<>();

  /** What comes next. */
  sealed interface Offer {
    /** A photo. */
    record Listed(OfferedPhoto photo) implements Offer {}

    /** A turn of a source whose list cannot be read on before some time. */
    record Kept(String source, Instant until) implements Offer {}
  }

  /** How a source's list came to an end. */
  public sealed interface SourceEnd {
    /** All of it was read. */
    record Exhausted(int listed) implements SourceEnd {}

    /** It broke off. */
    record Failed(int listed, String message) implements SourceEnd {}
  }

  /** One source's list. */
  private static final class Stream {
    private final Source source;
    private final Deque<OfferedPhoto> waiting = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Integer> ofObserver = new HashMap<>();
    private final Map<String, Integer> ofObservation = new HashMap<>();
    private String cursor = "";
    private boolean begun;
    private boolean ended;
    private int listed;
    private @Nullable Instant leftAloneUntil;

    private Stream(Source source) {
      this.source = source;
    }
  }

  /**
   * @param sources in the order of their turns
   * @param perObservation photos of one find that are offered at most, at least 1
   */
  OfferSequence(List<Source> sources, AcceptedTaxon taxon, int perObservation) {
    this.taxon = taxon;
    this.perObservation = perObservation;
    sources.forEach(source -> turns.add(new Stream(source)));
  }

  /** What comes next; empty once no source has any more, or none that can be asked now. */
  Optional<Offer> next() throws InterruptedException {
    while (turns.stream().anyMatch(stream -> stream.leftAloneUntil == null)) {
      Stream stream = turns.remove();
      OfferedPhoto photo = next(stream);
      if (photo != null) {
        turns.add(stream);
        return Optional.of(new Offer.Listed(photo));
      }
      Instant until = stream.leftAloneUntil;
      if (until != null) {
        turns.add(stream);
        return Optional.of(new Offer.Kept(stream.source.name(), until));
      }
    }
    return Optional.empty();
  }

  private @Nullable OfferedPhoto next(Stream stream) throws InterruptedException {
    if (stream.leftAloneUntil != null) {
      return null;
    }
    while (stream.waiting.isEmpty() && !stream.ended) {
      try {
        load(stream);
      } catch (FetchException | SourceException e) {
        stream.leftAloneUntil = e instanceof FetchException fetch ? fetch.leftAloneUntil() : null;
        if (stream.leftAloneUntil == null) {
          ends.put(
              stream.source.name(),
              new SourceEnd.Failed(stream.listed, String.valueOf(e.getMessage())));
          stream.ended = true;
        }
        return null;
      }
    }
    OfferedPhoto photo = stream.waiting.poll();
    if (photo == null) {
      ends.put(stream.source.name(), new SourceEnd.Exhausted(stream.listed));
    }
    return photo;
  }

  /** A photo with how many of its observer's were listed before it. */
  private record Ranked(OfferedPhoto photo, int before) {}

  private void load(Stream stream) throws FetchException, SourceException, InterruptedException {
    PhotoPage page = stream.source.photos(taxon, stream.begun ? stream.cursor : null);
    stream.begun = true;
    page.skipped().forEach(skip -> skipped.merge(skip.reason(), 1, Integer::sum));
    List<Ranked> ranked = new ArrayList<>();
    for (OfferedPhoto photo : page.photos()) {
      if (!stream.ids.add(photo.id())) {
        continue; // listed again, as searches do
      }
      stream.listed++;
      String observation = photo.observation();
      if (observation != null
          && stream.ofObservation.merge(observation, 1, Integer::sum) > perObservation) {
        skipped.merge("same_find", 1, Integer::sum);
        continue;
      }
      String observer = photo.observer() == null ? photo.id() : photo.observer();
      ranked.add(new Ranked(photo, stream.ofObserver.merge(observer, 1, Integer::sum) - 1));
    }
    ranked.stream()
        .sorted(Comparator.comparingInt(Ranked::before)) // stable: else in the list's order
        .forEach(each -> stream.waiting.add(each.photo()));
    String next = page.next();
    stream.ended = next == null || next.equals(stream.cursor);
    stream.cursor = next == null ? "" : next;
  }

  /** How each source's list ended, of those that have. */
  Map<String, SourceEnd> ends() {
    return ends;
  }

  /** Entries that were not offered: reason → how many. */
  Map<String, Integer> skipped() {
    return skipped;
  }
}
