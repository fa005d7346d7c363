package app.mushroom.collector.looks;

import app.mushroom.collector.quality.Look;
import app.mushroom.collector.quality.PerceptualHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stored photo looks: a line of {@code datasets/<name>/records/looks/}.
 *
 * @param sha256 of the stored image
 * @param perceptualHash 16 hexadecimal digits; null for a flat picture
 * @param review words for what a person should look at
 */
record LookRecord(String sha256, @Nullable String perceptualHash, List<String> review) {

  static LookRecord of(String sha256, Look look) {
    PerceptualHash hash = look.hash();
    return new LookRecord(sha256, hash == null ? null : hash.toString(), look.review());
  }

  Look look() {
    return new Look(perceptualHash == null ? null : PerceptualHash.parse(perceptualHash), review);
  }
}
