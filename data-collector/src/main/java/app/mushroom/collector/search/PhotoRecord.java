package app.mushroom.collector.search;

import app.mushroom.collector.quality.Look;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.collector.source.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of a photograph that a source offered: a line of {@code
 * datasets/<name>/records/search/}. One photo may have several; the last counts.
 *
 * @param label that it was searched for
 * @param taxon accepted name that the label stands for
 * @param rank {@code species} or {@code genus}
 * @param source and {@code id} name the photo
 * @param address of the image
 * @param page that shows it to people
 * @param observation find that it shows
 * @param observer who made it
 * @param licence SPDX identifier or word
 * @param licenceStated as the source states it
 * @param attribution as the source states it
 * @param taxonName name under which the source lists it
 * @param at when this was decided
 * @param taken what was stored; null if it was refused
 * @param refused why not; null if it was taken
 * @param sighting when and roughly where it was found; null where that is not known, and in lines
 *     of before it was asked
 */
public record PhotoRecord(
    String label,
    String taxon,
    String rank,
    String source,
    String id,
    String address,
    @Nullable String page,
    @Nullable String observation,
    @Nullable String observer,
    String licence,
    String licenceStated,
    @Nullable String attribution,
    String taxonName,
    Instant at,
    @Nullable Taken taken,
    @Nullable Refused refused,
    @Nullable Sighting sighting) {

  /** A photo whose find is not described. */
  public PhotoRecord(
      String label,
      String taxon,
      String rank,
      String source,
      String id,
      String address,
      @Nullable String page,
      @Nullable String observation,
      @Nullable String observer,
      String licence,
      String licenceStated,
      @Nullable String attribution,
      String taxonName,
      Instant at,
      @Nullable Taken taken,
      @Nullable Refused refused) {
    this(
        label,
        taxon,
        rank,
        source,
        id,
        address,
        page,
        observation,
        observer,
        licence,
        licenceStated,
        attribution,
        taxonName,
        at,
        taken,
        refused,
        null);
  }

  /**
   * What was stored.
   *
   * @param sha256 of the stored image
   * @param sourceSha256 of the bytes that came
   * @param sizeBytes of the stored image
   * @param perceptualHash 16 hexadecimal digits; null for a flat picture
   * @param review words for what a person should look at, such as {@code drawing}
   */
  public record Taken(
      String sha256,
      String sourceSha256,
      int width,
      int height,
      long sizeBytes,
      @Nullable String perceptualHash,
      List<String> review) {

    public Taken {
      review = List.copyOf(review);
    }

    /** How it looks. */
    public Look look() {
      return new Look(perceptualHash == null ? null : PerceptualHash.parse(perceptualHash), review);
    }
  }

  /**
   * Why it was not taken.
   *
   * @param reason stable word such as {@code too_small}
   * @param detail what was expected and found
   * @param passing whether the next search is to try again
   */
  public record Refused(String reason, String detail, boolean passing) {}

  /** The same record; of texts that many photos have in common, those that are given for them. */
  PhotoRecord sharing(UnaryOperator<String> text) {
    Refused why = refused;
    return new PhotoRecord(
        text.apply(label),
        text.apply(taxon),
        text.apply(rank),
        text.apply(source),
        id,
        address,
        page,
        observation,
        observer,
        text.apply(licence),
        text.apply(licenceStated),
        attribution,
        text.apply(taxonName),
        at,
        taken,
        why == null ? null : new Refused(text.apply(why.reason()), why.detail(), why.passing()),
        sighting);
  }

  static PhotoRecord taken(AcceptedTaxon taxon, OfferedPhoto photo, Instant at, Taken taken) {
    return of(taxon, photo, at, taken, null);
  }

  static PhotoRecord refused(AcceptedTaxon taxon, OfferedPhoto photo, Instant at, Refused refused) {
    return of(taxon, photo, at, null, refused);
  }

  private static PhotoRecord of(
      AcceptedTaxon taxon,
      OfferedPhoto photo,
      Instant at,
      @Nullable Taken taken,
      @Nullable Refused refused) {
    return new PhotoRecord(
        taxon.label(),
        taxon.name(),
        taxon.rank(),
        photo.source(),
        photo.id(),
        photo.address().toString(),
        photo.page() == null ? null : photo.page().toString(),
        photo.observation(),
        photo.observer(),
        photo.licence().id(),
        photo.licence().stated(),
        photo.attribution(),
        photo.taxonName(),
        at,
        taken,
        refused,
        photo.sighting());
  }
}
