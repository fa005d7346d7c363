package app.mushroom.collector.quality;

/**
 * Two photos that look alike, by their positions in one list of photos.
 *
 * @param earlier position of the one that came first
 * @param later position of the other
 * @param distance of their hashes in bits; 0 for hashes that are equal
 * @param mirrored whether one looks like the mirror image of the other
 */
public record NearPair(int earlier, int later, int distance, boolean mirrored) {
  public NearPair {
    if (earlier < 0 || later <= earlier || distance < 0) {
      throw new IllegalArgumentException(
          "Expected two positions in order and a distance of at least 0, found "
              + earlier
              + ", "
              + later
              + " and "
              + distance);
    }
  }
}
