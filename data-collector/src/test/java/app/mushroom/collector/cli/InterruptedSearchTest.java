package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends real searches from outside; {@code -Dmushroom.kills=50} for as many points. */
class InterruptedSearchTest {
  private static final int PER_LABEL = 60;
  private static final int PHOTOS = 2 * PER_LABEL;

  @TempDir Path temp;
  private StandInWeb web;

  @BeforeEach
  void start() throws Exception {
    web = new StandInWeb(PER_LABEL + 20);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void aKilledSearchComesToTheSameDatasetWithoutDoublesOrOrphans() throws Exception {
    Path calm = temp.resolve("calm");
    run(calm, search());
    run(calm, List.of("freeze"));
    List<DatasetPhoto> expected = photos(calm);
    assertThat(expected).hasSize(PHOTOS);
    Random random = new Random(1);
    for (int kill = 0; kill < Integer.getInteger("mushroom.kills", 3); kill++) {
      Path store = temp.resolve("store" + kill);
      Process process = process(store, search());
      int images = random.nextInt(PHOTOS);
      while (images(store) < images && process.isAlive()) {
        process.waitFor(2, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly();
      process.waitFor();

      run(store, search());
      run(store, List.of("freeze"));
      assertThat(photos(store)).as("killed after " + images).isEqualTo(expected);
      assertThat(images(store)).as("images, killed after " + images).isEqualTo(PHOTOS);
      for (String line : records(store)) {
        assertThat(line).startsWith("{").endsWith("}");
      }
      run(store, List.of("verify"));
    }
  }

  @Test
  void aSearchThatIsAskedToStopEndsInGoodOrder() throws Exception {
    Path store = temp.resolve("stopped");
    Process process = process(store, search());
    while (images(store) < PHOTOS / 10 && process.isAlive()) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    process.destroy();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(log(store).toPath()))
        .contains("Stopped:", "The next run goes on from there.");
    assertThat(records(store)).as("all that is stored is on record").hasSize(images(store));
  }

  private List<String> search() {
    List<String> arguments = new ArrayList<>(List.of("search", "--sources=inaturalist"));
    arguments.addAll(List.of("--labels=amanita_muscaria,boletus_edulis"));
    arguments.add("--per-label=" + PER_LABEL);
    arguments.addAll(web.options());
    return arguments;
  }

  private static void run(Path store, List<String> arguments) throws Exception {
    Process process = process(store, arguments);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log(store).toPath())).isZero();
  }

  private static Process process(Path store, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CollectorApplication.class.getName()));
    command.addAll(arguments);
    command.add("--store=" + store);
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(store)).start();
  }

  private static List<DatasetPhoto> photos(Path store) throws Exception {
    try (ObjectStore opened = ObjectStores.open(store.toString())) {
      return new DatasetRepository(opened).latest("mushrooms").orElseThrow().photos();
    }
  }

  private static int images(Path store) throws Exception {
    Path images = store.resolve("datasets/mushrooms/images");
    if (!Files.isDirectory(images)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(images)) {
      return (int) files.count();
    }
  }

  private static List<String> records(Path store) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(store.resolve("datasets/mushrooms/records/search"))) {
      for (Path part : parts.sorted().toList()) {
        List<String> all = Files.readAllLines(part);
        lines.addAll(all.subList(1, all.size())); // the first says what follows
      }
    }
    return lines;
  }

  private static File log(Path store) {
    return store.resolveSibling(store.getFileName() + ".log").toFile();
  }
}
