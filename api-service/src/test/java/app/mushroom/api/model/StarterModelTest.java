package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Classifiers;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.fixture.Settings;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** The model that ships, with its real network. */
class StarterModelTest {
  private static final Path SHIPPED = Path.of("src", "main", "resources", "starter-model");
  private static final Path TESTDATA =
      Path.of(System.getProperty("mushroom.testdata", "../../shared"));
  private static final int PHOTOS = 6;

  /** Where a PNG's first chunk ends. */
  private static final int AFTER_HEADER = 33;

  @TempDir Path root;

  private final AnnotationConfigApplicationContext engine =
      new AnnotationConfigApplicationContext("app.mushroom.api.classifier");
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final ServingModel serving = new ServingModel();

  /** Nobody answers while memory is measured. */
  private final ReentrantReadWriteLock pause = new ReentrantReadWriteLock();

  private ObjectStore objects;
  private ModelRegistry registry;
  private BundleFolders folders;
  private LoadedModels chosen;
  private ChampionWatcher watcher;

  @BeforeEach
  void serve() throws IOException {
    Path store = root.resolve("store");
    objects = ObjectStores.open(store.toString());
    registry = new ModelRegistry(objects, Clock.systemUTC());
    ApiProperties properties = Settings.of(store, SHIPPED.toUri().toString(), "");
    folders = new BundleFolders(properties);
    ModelLoader loader = ModelBench.loader(engine.getBean(Classifiers.class), decoder);
    StarterBundle starter = new StarterBundle(new DefaultResourceLoader(), properties);
    chosen =
        new LoadedModels(
            registry, loader, folders, starter, serving, Clock.systemUTC(), properties);
    watcher =
        new ChampionWatcher(
            registry,
            loader,
            folders,
            starter,
            serving,
            chosen,
            new ModelEvents(new SimpleMeterRegistry(), event -> {}),
            Clock.systemUTC(),
            properties);
    watcher.poll();
  }

  @AfterEach
  void close() throws IOException {
    chosen.close();
    serving.close();
    folders.close();
    objects.close();
    engine.close();
  }

  @Test
  void theWayACameraWasHeldChangesNoAnswer() throws Exception {
    double largest = 0;
    int files = 0;
    for (List<byte[]> group : orientationGroups()) {
      Assessment first = assess(group.get(0));
      for (byte[] file : group) {
        Assessment other = assess(file);
        assertThat(other.ranking()[0]).isEqualTo(first.ranking()[0]);
        assertThat(other.flag()).isEqualTo(first.flag());
        largest = Math.max(largest, Math.abs(top(other) - top(first)));
        files++;
      }
      System.err.printf("%d files, probability differs by at most %.4f%n", files, largest);
      assertThat(largest).isLessThanOrEqualTo(0.03);
    }
  }

  private static double top(Assessment assessment) {
    return assessment.probabilities()[assessment.ranking()[0]];
  }

  /**
   * Memory is back after each swap: {@code -Dmushroom.swaps=20}. It is measured while nobody
   * answers; the median of the last five swaps is compared with that of the first five behind two
   * to warm up.
   */
  @Test
  @EnabledIfSystemProperty(named = "mushroom.swaps", matches = "[12]\\d+")
  void manySwapsUnderLoadLeaveMemoryAsItWas() throws Exception {
    int swaps = Integer.getInteger("mushroom.swaps");
    BundleManifest shipped = ModelRegistry.verify(SHIPPED).manifest();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    List<Thread> load = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread thread = new Thread(() -> answer(stop, answers, failures));
      thread.start();
      load.add(thread);
    }
    List<Long> course = new ArrayList<>();
    for (int swap = 1; swap <= swaps; swap++) {
      String version = registry.publish(shipped, SHIPPED).version();
      registry.promote(shipped.name(), version, "test", registry.champion(shipped.name()));
      watcher.poll();
      assertThat(serving.version()).hasValue(version);
      pause.writeLock().lock();
      try {
        watcher.poll(); // the next look gives memory back
        course.add(usedMegabytes());
      } finally {
        pause.writeLock().unlock();
      }
    }
    stop.set(true);
    for (Thread thread : load) {
      thread.join();
    }
    long start = median(course.subList(2, 7));
    long end = median(course.subList(swaps - 5, swaps));
    System.err.printf(
        "%d swaps, %d answers meanwhile, %d failures, %d -> %d MB, resident %d MB: %s%n",
        swaps, answers.get(), failures.size(), start, end, residentBytes() >> 20, course);
    assertThat(failures).isEmpty();
    assertThat((double) end).isCloseTo(start, within(0.1 * start));
  }

  private static long median(List<Long> five) {
    return five.stream().sorted().toList().get(2);
  }

  private void answer(AtomicBoolean stop, AtomicInteger answers, List<Throwable> failures) {
    while (!stop.get()) {
      pause.readLock().lock();
      try (ModelLease lease = serving.lease()) {
        int side = lease.model().preprocessing().size();
        Scores scores = lease.model().classifier().classify(new float[3 * side * side]);
        assertThat(scores.logits()).hasSize(lease.model().labels().size());
        answers.incrementAndGet();
      } catch (RuntimeException | AssertionError e) {
        synchronized (failures) {
          failures.add(e);
        }
      } finally {
        pause.readLock().unlock();
      }
    }
  }

  /** What lies in the heap, and what is resident beside it: the heap's own size is no leak. */
  private static long usedMegabytes() throws IOException {
    System.gc();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return (residentBytes() - heap.getCommitted() + heap.getUsed()) >> 20;
  }

  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "Resident memory is read from /proc.");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private Assessment assess(byte[] file) throws PhotoRejectedException {
    try (ModelLease lease = serving.lease()) {
      LoadedModel model = lease.model();
      Photo photo = decoder.decode(file, 2 * model.preprocessing().resizeShortSide());
      Scores scores = model.classifier().classify(model.preprocessing().toTensor(photo));
      return model.policy().assess(List.of(scores.logits()), List.of(scores.embedding()));
    }
  }

  /** Those of the corpus, and photos stored in each of the eight ways. */
  private static List<List<byte[]>> orientationGroups() throws IOException {
    Path corpus = TESTDATA.resolve("corpus/orientation");
    if (!Files.isDirectory(corpus)) {
      String missing = "No corpus at " + corpus + "; point -Dmushroom.testdata at one.";
      assertThat(System.getenv("MUSHROOM_TESTDATA")).as(missing).isNull();
      Assumptions.abort(missing);
    }
    List<List<byte[]>> groups = new ArrayList<>();
    groups.add(files(corpus, "Landscape"));
    for (byte[] photo : files(TESTDATA.resolve("data/photos"), "").subList(0, PHOTOS)) {
      BufferedImage upright = ImageIO.read(new java.io.ByteArrayInputStream(photo));
      List<byte[]> group = new ArrayList<>();
      for (int orientation = 1; orientation <= 8; orientation++) {
        group.add(stored(upright, orientation));
      }
      groups.add(group);
    }
    return groups;
  }

  private static List<byte[]> files(Path folder, String named) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file :
          found
              .filter(Files::isRegularFile)
              .filter(each -> each.toString().endsWith(".jpg") && each.toString().contains(named))
              .sorted()
              .limit(9)
              .toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files;
  }

  /**
   * As a camera that was held that way would have stored it (EXIF 2.32, tag 0x0112), but without
   * JPEG's noise.
   */
  private static byte[] stored(BufferedImage upright, int orientation) throws IOException {
    int width = upright.getWidth();
    int height = upright.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage stored =
        new BufferedImage(
            turned ? height : width, turned ? width : height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int right = width - 1 - x;
        int bottom = height - 1 - y;
        int rgb = upright.getRGB(x, y);
        switch (orientation) {
          case 2 -> stored.setRGB(right, y, rgb);
          case 3 -> stored.setRGB(right, bottom, rgb);
          case 4 -> stored.setRGB(x, bottom, rgb);
          case 5 -> stored.setRGB(y, x, rgb);
          case 6 -> stored.setRGB(y, right, rgb);
          case 7 -> stored.setRGB(bottom, right, rgb);
          case 8 -> stored.setRGB(bottom, x, rgb);
          default -> stored.setRGB(x, y, rgb);
        }
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(stored, "png", png);
    byte[] exif =
        ByteBuffer.allocate(30)
            .put("eXIfMM\0*\0\0\0\b\0\1".getBytes(StandardCharsets.ISO_8859_1))
            .putShort((short) 0x0112)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) orientation)
            .array();
    CRC32 checksum = new CRC32();
    checksum.update(exif);
    byte[] bytes = png.toByteArray();
    return ByteBuffer.allocate(bytes.length + 8 + exif.length)
        .put(bytes, 0, AFTER_HEADER)
        .putInt(exif.length - 4)
        .put(exif)
        .putInt((int) checksum.getValue())
        .put(bytes, AFTER_HEADER, bytes.length - AFTER_HEADER)
        .array();
  }
}
