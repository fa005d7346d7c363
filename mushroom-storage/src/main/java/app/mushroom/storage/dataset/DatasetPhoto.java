package app.mushroom.storage.dataset;

import app.mushroom.storage.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One photo of a dataset version: a line of {@code manifest.jsonl}.
 *
 * @param sha256 of the stored bytes, 64 hex digits; names the image
 * @param label class name, a {@link Names#require name}; {@code not_mushroom} for anything else
 * @param rank what kind of label it is
 * @param taxon accepted scientific name; null for {@code not_mushroom}
 * @param genus in lower case; null for {@code not_mushroom}
 * @param split never differs within a group
 * @param group shared by photos of one find and by near-duplicates
 * @param tier the source's quality tier, if it has any
 * @param width of the stored image in pixels, at least 1
 * @param height of the stored image in pixels, at least 1
 * @param sizeBytes of the stored image, at least 1
 * @param source where the photo came from
 * @param sourceSha256 hash of the bytes found there
 * @param licence as the source states it, {@code unknown} where it states none
 * @param attribution as the source states it
 * @param observedMonth in which the find was made, 1..12 as its place's calendar says
 * @param cell field of 5 by 5 degrees in which it was made, named by its south-western corner such
 *     as {@code 45,10}: too coarse to find the place again
 */
public record DatasetPhoto(
    String sha256,
    String label,
    LabelRank rank,
    @Nullable String taxon,
    @Nullable String genus,
    Split split,
    String group,
    @Nullable String tier,
    int width,
    int height,
    long sizeBytes,
    String source,
    @Nullable String sourceSha256,
    String licence,
    @Nullable String attribution,
    @Nullable Integer observedMonth,
    @Nullable String cell) {

  private static final Pattern CELL =
      Pattern.compile("(?:0|-?[1-8]?[05]|-90),(?:0|-?(?:[1-9]?[05]|1[0-7][05])|-180)");

  /** A photo of which neither month nor place of the find is known. */
  public DatasetPhoto(
      String sha256,
      String label,
      LabelRank rank,
      @Nullable String taxon,
      @Nullable String genus,
      Split split,
      String group,
      @Nullable String tier,
      int width,
      int height,
      long sizeBytes,
      String source,
      @Nullable String sourceSha256,
      String licence,
      @Nullable String attribution) {
    this(
        sha256,
        label,
        rank,
        taxon,
        genus,
        split,
        group,
        tier,
        width,
        height,
        sizeBytes,
        source,
        sourceSha256,
        licence,
        attribution,
        null,
        null);
  }

  /**
   * @throws IllegalArgumentException if a hash or name is malformed or a size is not positive
   */
  public DatasetPhoto {
    Names.requireSha256("photo sha256", required(sha256, "sha256"));
    Names.require("label", required(label, "label"));
    required(rank, "rank");
    required(split, "split");
    required(group, "group");
    required(source, "source");
    required(licence, "licence");
    if (width < 1 || height < 1 || sizeBytes < 1) {
      throw new IllegalArgumentException(
          "Photo %s: expected width, height and sizeBytes of at least 1, found %d, %d, %d."
              .formatted(sha256, width, height, sizeBytes));
    }
    if (observedMonth != null && (observedMonth < 1 || observedMonth > 12)) {
      throw new IllegalArgumentException(
          "Photo %s: expected observedMonth in 1..12, found %d.".formatted(sha256, observedMonth));
    }
    if (cell != null && !CELL.matcher(cell).matches()) {
      throw new IllegalArgumentException(
          "Photo %s: expected a cell such as 45,10, in steps of 5 degrees, found '%s'."
              .formatted(sha256, cell));
    }
  }

  /** Host of the source, or the source itself where it is no URL: what cards count by. */
  public String sourceHost() {
    try {
      String host = new URI(source).getHost();
      return host == null ? source : host;
    } catch (URISyntaxException e) {
      return source;
    }
  }

  private static <T> T required(@Nullable T value, String field) {
    return Objects.requireNonNull(value, () -> "photo without " + field);
  }
}
