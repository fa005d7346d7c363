package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends real imports from outside; {@code -Dmushroom.kills=50} for as many points. */
class InterruptedImportTest {
  private static final int PHOTOS = 120;

  @TempDir Path temp;

  @Test
  void aKilledImportLosesAndDoublesNothing() throws Exception {
    Path photos = photos();
    List<DatasetPhoto> expected = uninterrupted(photos);
    Random random = new Random(1);
    for (int kill = 0; kill < Integer.getInteger("mushroom.kills", 3); kill++) {
      Path store = temp.resolve("store" + kill);
      Process process = start(photos, store);
      awaitImages(process, store, random.nextInt(PHOTOS));
      process.destroyForcibly();
      process.waitFor();

      Process next = start(photos, store);
      assertThat(next.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(next.exitValue()).as(output(store)).isZero();

      try (ObjectStore opened = ObjectStores.open(store.toString())) {
        DatasetVersion version = new DatasetRepository(opened).latest("mushrooms").orElseThrow();
        assertThat(version.photos()).isEqualTo(expected);
        assertThat(images(store)).isEqualTo(PHOTOS);
        for (DatasetPhoto photo : version.photos()) {
          assertThat(new DatasetRepository(opened).image("mushrooms", photo.sha256())).isNotEmpty();
        }
      }
    }
  }

  @Test
  void anImportThatIsAskedToStopEndsInGoodOrder() throws Exception {
    Path photos = photos();
    Path store = temp.resolve("stopped");
    Process process = start(photos, store);
    awaitImages(process, store, PHOTOS / 10);
    process.destroy();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(output(store)).contains("Stopped.", "the next run goes on");
    assertThat(store.resolve("datasets/mushrooms/versions")).doesNotExist();

    Process next = start(photos, store);
    assertThat(next.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(output(store)).contains("Published version 1");
  }

  private Path photos() {
    Path photos = temp.resolve("photos");
    for (int i = 0; i < PHOTOS; i++) {
      TestPhotos.write(
          photos.resolve("amanita_muscaria/" + i + ".jpg"), TestPhotos.jpeg(i, 64, 48));
    }
    return photos;
  }

  private List<DatasetPhoto> uninterrupted(Path photos) throws Exception {
    Path store = temp.resolve("uninterrupted");
    Process process = start(photos, store);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output(store)).isZero();
    try (ObjectStore opened = ObjectStores.open(store.toString())) {
      return new DatasetRepository(opened).latest("mushrooms").orElseThrow().photos();
    }
  }

  private static Process start(Path photos, Path store) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CollectorApplication.class.getName(),
            "import",
            photos.toString(),
            "--store",
            store.toString())
        .redirectErrorStream(true)
        .redirectOutput(log(store))
        .start();
  }

  /** Waits until the import has stored so many photos, or has ended. */
  private static void awaitImages(Process process, Path store, int count) throws Exception {
    while (images(store) < count && process.isAlive()) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
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

  private static File log(Path store) {
    return store.resolveSibling(store.getFileName() + ".log").toFile();
  }

  private static String output(Path store) throws Exception {
    return Files.readString(log(store).toPath());
  }
}
