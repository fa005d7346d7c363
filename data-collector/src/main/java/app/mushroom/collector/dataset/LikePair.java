package app.mushroom.collector.dataset;

/**
 * Two photos that look alike.
 *
 * @param sha256 of one
 * @param otherSha256 of the other
 * @param distance between their perceptual hashes in bits, 0 to 64
 * @param mirrored whether one looks like the other's mirror image
 */
public record LikePair(String sha256, String otherSha256, int distance, boolean mirrored) {

  /** Whether they are two at all: a photo that is found again is stored once. */
  boolean isOfTwo() {
    return !sha256.equals(otherSha256);
  }
}
