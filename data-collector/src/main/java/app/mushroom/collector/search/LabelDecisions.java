package app.mushroom.collector.search;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.photo.PreparedPhoto;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.search.Inspector.Inspected;
import app.mushroom.collector.search.LabelOutcome.Wait;
import app.mushroom.collector.search.OfferSequence.SourceEnd;
import app.mushroom.collector.search.PhotoFetch.Fetched;
import app.mushroom.collector.search.PhotoRecord.Refused;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides on the photos of one label, one after the other, and puts what was decided on record. A
 * photo whose host is to be left alone is not decided on; its place is kept.
 */
final class LabelDecisions {
  private final AcceptedTaxon taxon;
  private final SearchOptions options;
  private final DatasetRepository datasets;
  private final SearchRecords records;
  private final Clock clock;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, Wait> waits = new TreeMap<>();
  private final int before;
  private int has;

  LabelDecisions(
      AcceptedTaxon taxon,
      SearchOptions options,
      DatasetRepository datasets,
      SearchRecords records,
      Clock clock) {
    this.taxon = taxon;
    this.options = options;
    this.datasets = datasets;
    this.records = records;
    this.clock = clock;
    this.before = records.taken(taxon.label());
    this.has = before;
  }

  /** Photos that the label has. */
  int has() {
    return has;
  }

  int refused() {
    return refusals.size();
  }

  /** Photos that are not to be had yet. */
  int waiting() {
    return waits.values().stream().mapToInt(Wait::photos).sum();
  }

  boolean isDecided(OfferedPhoto photo) {
    return records.isDecided(taxon.label(), photo);
  }

  /** No more decisions follow. */
  void end() {
    records.isSearched(taxon.label());
  }

  void decide(OfferedPhoto photo, Fetched fetched) throws IOException {
    if (fetched instanceof Fetched.Fit fit) {
      take(photo, fit.photo(), fit.sourceSha256(), fit.seen());
    } else if (fetched instanceof Fetched.Waiting waiting) {
      keepPlace(String.valueOf(photo.address().getHost()), waiting.until());
    } else {
      refuse(photo, ((Fetched.Unfit) fetched).why());
    }
  }

  /** Keeps the place of a photo whose host or source is to be left alone. */
  void keepPlace(String host, Instant until) {
    waits.merge(host, new Wait(1, until), Wait::and);
  }

  /** Counts a photo that a dry run would fetch. */
  void wouldFetch() {
    has++;
  }

  void refuse(Licence licence, OfferedPhoto photo) throws IOException {
    refuse(
        photo,
        new Refused(
            "licence",
            "Expected a licence that was allowed, found %s (stated: %s)"
                .formatted(licence.id(), licence.stated().isEmpty() ? "none" : licence.stated()),
            true)); // another search may allow it
  }

  private void take(OfferedPhoto photo, PreparedPhoto prepared, String sourceSha256, Inspected seen)
      throws IOException {
    String label = taxon.label();
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
    String where = (photo.page() == null ? photo.address() : photo.page()).toString();
    refusals.add(new Refusal(why.reason(), where, why.detail()));
    // What may pass is put on record once, or every search would add a line.
    if (!options.dryRun() && !(why.passing() && records.isToTryAgain(taxon.label(), photo))) {
      records.add(PhotoRecord.refused(taxon, photo, now(), why));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  LabelOutcome outcome(Map<String, Integer> skipped, Map<String, SourceEnd> ends) {
    return new LabelOutcome(
        taxon.label(), options.perLabel(), before, has - before, refusals, skipped, ends, waits);
  }
}
