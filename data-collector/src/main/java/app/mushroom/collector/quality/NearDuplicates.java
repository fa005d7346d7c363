package app.mushroom.collector.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes photos one after the other and tells which earlier ones each looks like, as it is or
 * mirrored. For one thread at a time.
 */
public final class NearDuplicates {
  /**
   * Largest distance in bits at which photos are kept on one side of a split. Of copies with an
   * edge of 3 % cut off it finds more than 80 %, and all that were only encoded anew, scaled,
   * brightened or mirrored; of 29.4 million pairs of different pictures it takes 4 for one. The
   * table is in docs/collecting.md.
   */
  public static final int DEFAULT_RADIUS = 10;

  /**
   * Largest distance in bits at which photos count as the same picture where that costs one of them
   * its place: none of those 29.4 million pairs is as near.
   */
  public static final int SURE_RADIUS = 8;

  private final NearDuplicateIndex index = new NearDuplicateIndex();
  private final int radius;

  /** By index id: position of the photo, and its hash. */
  private int[] positions = new int[1024];

  private long[] hashes = new long[1024];
  private int photos;

  public NearDuplicates() {
    this(DEFAULT_RADIUS);
  }

  /**
   * @param radius largest distance in bits, 0 to {@link NearDuplicateIndex#MAX_RADIUS}
   */
  public NearDuplicates(int radius) {
    if (radius < 0 || radius > NearDuplicateIndex.MAX_RADIUS) {
      throw new IllegalArgumentException(
          "Expected a radius of 0 to " + NearDuplicateIndex.MAX_RADIUS + " bits, found " + radius);
    }
    this.radius = radius;
  }

  /**
   * Adds the next photo; the first has position 0.
   *
   * @param hash empty for a flat picture: it takes its position and is like no other
   * @return pairs with earlier photos, each distinct hash represented by the first photo that had
   *     it: chains of pairs join all that belong together, and a photo seen a thousand times costs
   *     no more than one seen twice
   */
  public List<NearPair> add(Optional<PerceptualHash> hash) {
    int position = photos++;
    if (hash.isEmpty()) {
      return List.of();
    }
    long bits = hash.get().bits();
    List<NearPair> pairs = new ArrayList<>();
    int[] upright = index.queryDistinct(bits, radius);
    collect(upright, bits, position, false, pairs);
    long mirrored = hash.get().mirrored().bits();
    int[] more =
        Arrays.stream(index.queryDistinct(mirrored, radius))
            .filter(id -> Arrays.binarySearch(upright, id) < 0)
            .toArray();
    collect(more, mirrored, position, true, pairs);
    int id = index.add(bits);
    if (id == positions.length) {
      positions = Arrays.copyOf(positions, 2 * id);
      hashes = Arrays.copyOf(hashes, 2 * id);
    }
    positions[id] = position;
    hashes[id] = bits;
    return pairs;
  }

  private void collect(int[] ids, long bits, int position, boolean mirrored, List<NearPair> pairs) {
    for (int id : ids) {
      int distance = Long.bitCount(hashes[id] ^ bits);
      pairs.add(new NearPair(positions[id], position, distance, mirrored));
    }
  }
}
