package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Random damage to real and made files: a photo or a refusal, nothing else, and soon, in bounded
 * memory.
 */
class DamagedFilesTest {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /** More of them, of larger files and from elsewhere in the sequence, for a long night. */
  private static final int MUTANTS = Integer.getInteger("mushroom.fuzz.mutants", 3_000);

  private static final int LARGEST_SEED_BYTES = Integer.getInteger("mushroom.fuzz.largest", 60_000);
  private static final long SEED = Long.getLong("mushroom.fuzz.seed", 20261121);

  /** The budget of one photo, and room for its file's copies and for what is soon collected. */
  private static final long MOST_ALLOCATED_BYTES = 2 * (192L << 20);

  private final PhotoDecoder decoder = new PhotoDecoder(192L << 20, 256L << 20);
  private final Random random = new Random(SEED);

  @Test
  void endInAPhotoOrARefusal() throws IOException {
    List<byte[]> seeds = seeds();
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int photos = 0;
    long slowest = 0;
    long most = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(seeds.get(random.nextInt(seeds.size())));
      int minShortSide = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(64);
      long start = CpuTime.now();
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        Photo photo = decoder.decode(mutant, minShortSide);
        assertThat(photo.rgb()).hasSize(3 * photo.width() * photo.height());
        photos++;
      } catch (PhotoRejectedException e) {
        assertThat(e).hasMessageMatching("(?s)(Expected|Reading) .*\\.");
      } catch (Throwable e) {
        throw new AssertionError("Mutant " + i + " broke the decoder; kept as " + keep(mutant), e);
      }
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MOST_ALLOCATED_BYTES) {
        throw new AssertionError(
            "Mutant " + i + " took " + allocated + " bytes; kept as " + keep(mutant));
      }
      if (allocated > most && allocated > 100 << 20) {
        System.err.printf(
            "%d MB: %s of %d%n", allocated >> 20, PhotoFormat.of(mutant), minShortSide);
      }
      most = Math.max(most, allocated);
      slowest = Math.max(slowest, CpuTime.now() - start);
      Duration taken = Duration.ofNanos(CpuTime.now() - start);
      if (taken.compareTo(LONGEST) > 0) {
        throw new AssertionError("Mutant " + i + " took " + taken + "; kept as " + keep(mutant));
      }
    }
    System.err.printf(
        "%d mutants of %d files, seed %d: %d decoded, the rest refused; slowest %d ms of CPU, most"
            + " allocated %d MB%n",
        MUTANTS, seeds.size(), SEED, photos, slowest / 1_000_000, most >> 20);
    assertThat(photos).isPositive().isLessThan(MUTANTS);
  }

  private static Path keep(byte[] mutant) throws IOException {
    return Files.write(Files.createTempFile("mutant", ".bin"), mutant);
  }

  private List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    BufferedImage picture = Pictures.quarters(150, 130);
    for (String format : new String[] {"jpeg", "png", "gif", "bmp", "tiff"}) {
      seeds.add(Pictures.encode(picture, format));
    }
    seeds.add(Pictures.jpegWithExif(seeds.get(0), Pictures.exif(6)));
    seeds.add(Pictures.pngWithChunk(seeds.get(1), "eXIf", Pictures.exif(8)));
    try {
      for (Corpus.Entry entry : Corpus.read().entries()) {
        byte[] bytes = entry.bytes();
        if (bytes.length <= LARGEST_SEED_BYTES && PhotoFormat.of(bytes).isPresent()) {
          seeds.add(bytes);
        }
      }
    } catch (TestAbortedException absent) {
      System.err.println("Without the corpus, damaging made pictures only.");
    }
    return seeds;
  }

  private byte[] mutant(byte[] seed) {
    byte[] mutant = seed.clone();
    // A few bytes, or 0.1 to 5 % of them as zzuf would.
    double rate = 0.001 + 0.049 * random.nextDouble();
    int changes =
        random.nextBoolean() ? 1 + random.nextInt(8) : Math.max(1, (int) (mutant.length * rate));
    int reach = random.nextBoolean() ? mutant.length : Math.min(mutant.length, 200);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(reach);
      mutant[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) (mutant[at] ^ 1 << random.nextInt(8));
    }
    return mutant;
  }
}
