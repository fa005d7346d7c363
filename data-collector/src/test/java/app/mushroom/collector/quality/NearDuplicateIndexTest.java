package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicateIndexTest {
  private final NearDuplicateIndex index = new NearDuplicateIndex();

  @Test
  void findsNothingWhileEmpty() {
    assertThat(index.query(0, NearDuplicateIndex.MAX_RADIUS)).isEmpty();
    assertThat(index.size()).isZero();
  }

  @Test
  void findsTheOnlyOneUpToTheRadiusAndNoFarther() {
    assertThat(index.add(0)).isZero();
    for (int radius = 0; radius <= NearDuplicateIndex.MAX_RADIUS; radius++) {
      long near = (1L << radius) - 1;
      assertThat(index.query(near, radius)).containsExactly(0);
      assertThat(index.query(near << 64 - radius, radius)).containsExactly(0);
      assertThat(index.query(near << 1 | 1, radius)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 16, 64})
  void refusesARadiusThatItCannotSearch(int radius) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.query(0, radius))
        .withMessageContaining("0 to 15 bits");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void findsWhatComparingWithAllFinds(int radius) {
    Random random = new Random(radius);
    List<Long> added = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      long hash = hash(random, added, 2 + radius);
      assertThat(index.query(hash, radius)).isEqualTo(near(added, hash, radius));
      assertThat(index.add(hash)).isEqualTo(i);
      added.add(hash);
    }
    long alone = random.nextLong();
    assertThat(index.query(alone, radius)).isEqualTo(near(added, alone, radius));
    assertThat(index.size()).isEqualTo(1500);
  }

  @Test
  void findsEveryNeighbourThatDiffersInTwoBits() {
    long hash = 0x5a3c96f00f69c3a5L;
    index.add(hash);
    for (int one = 0; one < 64; one++) {
      for (int other = 0; other < one; other++) {
        assertThat(index.query(hash ^ 1L << one ^ 1L << other, 2)).containsExactly(0);
      }
    }
  }

  @Test
  void namesEqualHashesOnceWhereOnlyDistinctOnesAreWanted() {
    index.add(7);
    index.add(7);
    index.add(6);
    index.add(7);
    assertThat(index.query(7, 1)).containsExactly(0, 1, 2, 3);
    assertThat(index.queryDistinct(7, 1)).containsExactly(0, 2);
  }

  @Test
  void equalHashesCostNoMoreThanOne() {
    int records = 200_000;
    for (int i = 0; i < records; i++) {
      assertThat(index.queryDistinct(0, 10).length).isLessThanOrEqualTo(1);
      index.add(0);
    }
    assertThat(index.comparisons()).isLessThanOrEqualTo(4L * records);
    assertThat(index.query(0, 0)).hasSize(records);
  }

  @Test
  void looksAtFewOfEvenlySpreadHashes() {
    Random random = new Random(1);
    int records = 100_000;
    for (int i = 0; i < records; i++) {
      index.add(random.nextLong());
    }
    for (int i = 0; i < 100; i++) {
      index.query(random.nextLong(), 10);
    }
    assertThat(index.comparisons() / 100).isLessThan(records / 100);
  }

  /** New, near an earlier one, or equal in two of the parts, so that buckets are crowded. */
  private static long hash(Random random, List<Long> added, int flips) {
    int kind = random.nextInt(4);
    if (kind == 0 || added.isEmpty()) {
      return random.nextLong();
    }
    if (kind == 1) {
      return random.nextLong() << 32;
    }
    long hash = added.get(random.nextInt(added.size()));
    for (int i = random.nextInt(flips); i > 0; i--) {
      hash ^= 1L << random.nextInt(64);
    }
    return hash;
  }

  private static int[] near(List<Long> added, long hash, int radius) {
    return IntStream.range(0, added.size())
        .filter(i -> Long.bitCount(added.get(i) ^ hash) <= radius)
        .toArray();
  }
}
