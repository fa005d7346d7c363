package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.quality.NearDuplicateIndex;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds a million hashes, each asked for as it is and mirrored before it is added. */
@Command(name = "index")
final class IndexCommand implements Callable<Integer> {

  @Option(names = "--records")
  private int records = 1_000_000;

  @Option(names = "--radius")
  private int radius = NearDuplicates.DEFAULT_RADIUS;

  @Option(names = "--list", description = "photos whose hashes to shuffle; none: even bits")
  private @Nullable Path list;

  /** Of each hundred records as many are a copy of an earlier one, with at most 2 bits changed. */
  @Option(names = "--copies")
  private int copies = 10;

  private final Random random = new Random(1);

  @Override
  public Integer call() throws IOException, PhotoRejectedException {
    List<PerceptualHash> real = real();
    NearDuplicateIndex index = new NearDuplicateIndex();
    long[] hashes = new long[records];
    for (int i = 0; i < records; i++) {
      hashes[i] =
          i > 0 && random.nextInt(100) < copies
              ? hashes[random.nextInt(i)] ^ 1L << random.nextInt(64) ^ 1L << random.nextInt(64)
              : fresh(real);
    }
    double before = heapMegabytes();
    double cpu = cpuSeconds();
    long start = System.nanoTime();
    long pairs = 0;
    for (long hash : hashes) {
      pairs += index.queryDistinct(hash, radius).length;
      pairs += index.queryDistinct(new PerceptualHash(hash).mirrored().bits(), radius).length;
      index.add(hash);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %d | %.1f | %.1f | %.0f | %,.0f | %,d |%n",
        records,
        real.isEmpty() ? "even" : "of photos",
        radius,
        seconds,
        cpuSeconds() - cpu,
        heapMegabytes() - before,
        (double) index.comparisons() / (2.0 * records),
        pairs);
    return 0;
  }

  /** Bytes of different photos put together: as unevenly spread as those of photos are. */
  private long fresh(List<PerceptualHash> real) {
    if (real.isEmpty()) {
      return random.nextLong();
    }
    long hash = 0;
    for (int shift = 0; shift < 64; shift += 16) {
      hash |= real.get(random.nextInt(real.size())).bits() & 0xFFFFL << shift;
    }
    return hash;
  }

  private List<PerceptualHash> real() throws IOException, PhotoRejectedException {
    List<PerceptualHash> real = new ArrayList<>();
    if (list != null) {
      PhotoDecoder decoder = new PhotoDecoder();
      for (ListedPhoto photo : ListedPhoto.read(list)) {
        Optional<PerceptualHash> hash = PerceptualHash.of(decoder.decode(photo.bytes(), 256));
        hash.ifPresent(real::add);
      }
    }
    return real;
  }

  private static double heapMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
