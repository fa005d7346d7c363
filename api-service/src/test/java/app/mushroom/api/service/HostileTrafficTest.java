package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import com.sun.management.UnixOperatingSystemMXBean;
import jakarta.servlet.ServletContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The corpus from many clients at once. The long form, {@code -Dmushroom.corpus.rounds=20}, also
 * looks at memory and open files.
 */
class HostileTrafficTest extends ServiceTest {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = Integer.getInteger("mushroom.corpus.rounds", 2);
  private static final int STEADY_ROUND = 3;
  private static final int BOMBS_AT_ONCE = 16;

  @Autowired ServletContext servlets;

  private final ExecutorService clients = Executors.newFixedThreadPool(BOMBS_AT_ONCE);

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void everyRoundEndsLikeTheFirst() throws Exception {
    List<TestData.Entry> corpus = new ArrayList<>(TestData.corpus());
    Map<String, String> first = new HashMap<>();
    for (TestData.Entry entry : corpus) {
      first.put(entry.file(), verdict(identify(entry.bytes())));
    }
    Random random = new Random(7);
    long steadyHeap = 0;
    long steadyFiles = 0;
    int requests = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      Collections.shuffle(corpus, random);
      List<Callable<String>> tasks = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        List<TestData.Entry> share = every(corpus, client, CLIENTS);
        tasks.add(() -> differences(share, first));
      }
      for (Future<String> each : clients.invokeAll(tasks)) {
        assertThat(each.get()).isEmpty();
      }
      requests += corpus.size();
      if (round == STEADY_ROUND) {
        steadyHeap = heapAfterCollection();
        steadyFiles = openFiles();
      }
    }
    awaitNoTemporaryFiles();
    if (ROUNDS > STEADY_ROUND) {
      long heap = heapAfterCollection();
      long files = openFiles();
      System.err.printf(
          "%d requests; heap after collection %d -> %d KB, open files %d -> %d, resident %s%n",
          requests, steadyHeap >> 10, heap >> 10, steadyFiles, files, resident());
      assertThat(heap).isLessThanOrEqualTo(steadyHeap * 105 / 100);
      assertThat(files).isLessThanOrEqualTo(steadyFiles + 5);
    }
  }

  @Test
  void bombsKeepNobodyElseFromAnswers() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService good = Executors.newSingleThreadExecutor();
    Future<Integer> goodClient =
        good.submit(
            () -> {
              int answers = 0;
              while (!stop.get()) {
                assertThat(identify(TestPhotos.red()).statusCode()).isEqualTo(200);
                answers++;
              }
              return answers;
            });
    int bombs = 0;
    for (TestData.Entry entry : TestData.corpus()) {
      if (!entry.category().equals("bomb")) {
        continue;
      }
      byte[] bytes = entry.bytes();
      Callable<Integer> attack = () -> identify(bytes).statusCode();
      for (Future<Integer> each : clients.invokeAll(Collections.nCopies(BOMBS_AT_ONCE, attack))) {
        assertThat(each.get()).as(entry.file()).isBetween(200, 499);
        bombs++;
      }
    }
    stop.set(true);
    int answers = goodClient.get();
    good.shutdown();
    System.err.println(bombs + " bombs, " + answers + " answers to a good client meanwhile");
    assertThat(answers).isPositive();
    awaitNoTemporaryFiles();
  }

  @Test
  void drawsTheLineAtFiftyMegapixels() throws Exception {
    assertThat(identify(png(7072, 7056)).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> over = identify(png(7080, 7077));
    assertThat(over.statusCode()).isEqualTo(422);
    assertThat(problem(over).path("type").asString()).isEqualTo("/problems/photo-too-many-pixels");
  }

  private String differences(List<TestData.Entry> share, Map<String, String> first)
      throws Exception {
    StringBuilder differences = new StringBuilder();
    for (TestData.Entry entry : share) {
      String verdict = verdict(identify(entry.bytes()));
      if (!verdict.equals(first.get(entry.file()))) {
        differences.append(entry).append(": ").append(verdict).append('\n');
      }
    }
    return differences.toString();
  }

  private static <T> List<T> every(List<T> all, int first, int step) {
    List<T> some = new ArrayList<>();
    for (int i = first; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  private static String verdict(HttpResponse<byte[]> response) {
    return response.statusCode() == 200
        ? JSON.readTree(response.body()).path("answer").toString()
        : response.statusCode() + problem(response).path("type").asString();
  }

  private void awaitNoTemporaryFiles() {
    Path folder = ((File) servlets.getAttribute(ServletContext.TEMPDIR)).toPath();
    await(
        () -> {
          try (Stream<Path> files = Files.walk(folder)) {
            return files.noneMatch(Files::isRegularFile);
          }
        });
  }

  private static long heapAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static String resident() throws Exception {
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status)
        ? "unknown"
        : Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("unknown");
  }

  private static byte[] png(int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
