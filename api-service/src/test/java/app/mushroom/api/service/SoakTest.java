package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import com.sun.management.UnixOperatingSystemMXBean;
import java.awt.Color;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The same again and again: memory and files must not grow. A few hundred requests in the build;
 * {@code -Dmushroom.test.soak=PT60M} makes it last.
 */
class SoakTest extends ServiceTest {
  private static final int ROUNDS = 40;
  private static final long MEGABYTE = 1 << 20;

  private int shade;

  /** What must not grow. */
  private record Footprint(long heapBytes, long residentBytes, long files, long temporaryFiles) {}

  @Test
  void nothingGrows() throws Exception {
    Duration length = Duration.parse(System.getProperty("mushroom.test.soak", "PT0S"));
    run(length.dividedBy(6), ROUNDS);
    Footprint before = footprint();
    run(length, 2 * ROUNDS);
    Footprint after = footprint();
    String both = before + " became " + after;
    assertThat(after.temporaryFiles()).as(both).isZero();
    assertThat(after.files()).as(both).isLessThanOrEqualTo(before.files() + 5);
    assertThat(after.heapBytes()).as(both).isLessThan(before.heapBytes() + 16 * MEGABYTE);
    double tenths = Math.max(1, length.toMinutes() / 10.0);
    assertThat(after.residentBytes())
        .as(both)
        .isLessThan(
            before.residentBytes()
                + Math.max(64 * MEGABYTE, (long) (0.01 * tenths * before.residentBytes())));
    if (length.toMinutes() > 0) {
      System.out.println("Soak of " + length + ": " + both);
    }
  }

  private void run(Duration length, int atLeast) throws Exception {
    long start = System.nanoTime();
    for (int round = 0; round < atLeast || System.nanoTime() - start < length.toNanos(); round++) {
      byte[] photo = TestPhotos.jpeg(new Color(180 + shade % 64, shade++ / 64 % 256, 30), 320, 240);
      assertThat(identify(photo).statusCode()).isEqualTo(200);
      assertThat(identify(Arrays.copyOf(photo, 400_000)).statusCode()).isEqualTo(200);
      assertThat(identify(Arrays.copyOf(photo, photo.length / 2)).statusCode()).isEqualTo(422);
      String id = identified(photo).path("id").asString();
      assertThat(get("/api/v1/identifications/" + id + "/heatmap").statusCode()).isIn(200, 404);
    }
  }

  private Footprint footprint() throws IOException {
    System.gc();
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Footprint(
        memory.getUsed(), resident(), system.getOpenFileDescriptorCount(), temporaryFiles());
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          * 1024;
    }
  }

  private long temporaryFiles() throws IOException {
    long uploads = 0;
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      for (Path folder :
          folders
              .filter(f -> f.getFileName().toString().startsWith("tomcat." + port + "."))
              .toList()) {
        try (Stream<Path> files = Files.walk(folder)) {
          uploads += files.filter(Files::isRegularFile).count();
        }
      }
    }
    return uploads;
  }
}
