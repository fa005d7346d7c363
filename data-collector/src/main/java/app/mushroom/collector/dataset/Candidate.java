package app.mushroom.collector.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import org.jspecify.annotations.Nullable;

/**
 * A stored photo that asks to be part of the next version. The fields are those of {@link
 * DatasetPhoto}; what is null is decided while the version is assembled.
 *
 * @param where which photo, as its owner would find it
 * @param split as given, null where the photo may go anywhere
 * @param group photos of one find, null where none is known
 */
public record Candidate(
    String where,
    String sha256,
    int width,
    int height,
    long sizeBytes,
    String label,
    LabelRank rank,
    @Nullable String taxon,
    @Nullable String genus,
    @Nullable Split split,
    @Nullable String group,
    @Nullable String tier,
    String source,
    @Nullable String sourceSha256,
    String licence,
    @Nullable String attribution,
    @Nullable Integer observedMonth,
    @Nullable String cell) {

  /** A photo of which neither month nor place of the find is known. */
  public Candidate(
      String where,
      String sha256,
      int width,
      int height,
      long sizeBytes,
      String label,
      LabelRank rank,
      @Nullable String taxon,
      @Nullable String genus,
      @Nullable Split split,
      @Nullable String group,
      @Nullable String tier,
      String source,
      @Nullable String sourceSha256,
      String licence,
      @Nullable String attribution) {
    this(
        where,
        sha256,
        width,
        height,
        sizeBytes,
        label,
        rank,
        taxon,
        genus,
        split,
        group,
        tier,
        source,
        sourceSha256,
        licence,
        attribution,
        null,
        null);
  }

  /** The same photo with the label of another. */
  Candidate labelledAs(Candidate other) {
    return new Candidate(
        where,
        sha256,
        width,
        height,
        sizeBytes,
        other.label,
        other.rank,
        other.taxon,
        other.genus,
        split,
        group,
        tier,
        source,
        sourceSha256,
        licence,
        attribution,
        observedMonth,
        cell);
  }

  /** The same photo in another group. */
  Candidate inGroup(String other) {
    return new Candidate(
        where,
        sha256,
        width,
        height,
        sizeBytes,
        label,
        rank,
        taxon,
        genus,
        split,
        other,
        tier,
        source,
        sourceSha256,
        licence,
        attribution,
        observedMonth,
        cell);
  }

  /** The group of a photo of which no other photo of the same find is known. */
  static String ownGroup(String sha256) {
    return sha256.substring(0, 16);
  }

  String groupOrOwn() {
    return group == null ? ownGroup(sha256) : group;
  }

  boolean hasOwnGroup() {
    return groupOrOwn().equals(ownGroup(sha256));
  }

  DatasetPhoto toPhoto(Split decidedSplit, String decidedGroup) {
    return new DatasetPhoto(
        sha256,
        label,
        rank,
        taxon,
        genus,
        decidedSplit,
        decidedGroup,
        tier,
        width,
        height,
        sizeBytes,
        source,
        sourceSha256,
        licence,
        attribution,
        observedMonth,
        cell);
  }

  static Candidate published(DatasetPhoto photo, int version) {
    return new Candidate(
        "version " + version + " (" + photo.source() + ")",
        photo.sha256(),
        photo.width(),
        photo.height(),
        photo.sizeBytes(),
        photo.label(),
        photo.rank(),
        photo.taxon(),
        photo.genus(),
        photo.split(),
        photo.group(),
        photo.tier(),
        photo.source(),
        photo.sourceSha256(),
        photo.licence(),
        photo.attribution(),
        photo.observedMonth(),
        photo.cell());
  }
}
