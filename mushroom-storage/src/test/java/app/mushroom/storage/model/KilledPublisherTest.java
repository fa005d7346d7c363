package app.mushroom.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers that are killed at random moments: readers see whole bundles or none. */
class KilledPublisherTest {
  private static final int KILLS = Integer.getInteger("mushroom.kills", 10);
  private static final long SEED = 20261121;

  @TempDir Path temporary;

  /** Publishes and promotes until it is killed. */
  static final class Publisher {
    public static void main(String[] arguments) throws IOException {
      try (ObjectStore store = ObjectStores.open(arguments[0])) {
        ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
        while (true) {
          String version = registry.publish(Bundles.draft(), Path.of(arguments[1])).version();
          System.out.println(version);
          registry.promote(Bundles.MODEL, version, "newer", registry.champion(Bundles.MODEL));
        }
      }
    }
  }

  @Test
  void everyVersionThatExistsIsWholeAndThePointerLeadsToOne() throws Exception {
    Path root = temporary.resolve("store");
    Path source = Bundles.folder(temporary, "large ".repeat(50_000));
    Random random = new Random(SEED);
    Set<String> published = new HashSet<>();
    Set<String> verified = new HashSet<>();
    try (ObjectStore store = ObjectStores.open(root.toString())) {
      ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
      for (int kill = 1; kill <= KILLS; kill++) {
        try (OtherJvm publisher =
            OtherJvm.start(Publisher.class, "64m", Map.of(), root.toString(), source.toString())) {
          published.add(publisher.line());
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
          publisher.kill();
          for (String version = publisher.line(); version != null; version = publisher.line()) {
            published.add(version);
          }
        }
        assertThat(registry.versions(Bundles.MODEL)).containsAll(published);
        for (String version : registry.versions(Bundles.MODEL)) {
          if (verified.add(version)) {
            registry.fetch(Bundles.MODEL, version, temporary.resolve("kill-" + kill + version));
          }
        }
        Optional<Champion> champion = registry.champion(Bundles.MODEL);
        champion.ifPresent(now -> assertThat(verified).contains(now.version()));
        assertThat(incomplete(root)).hasSizeLessThanOrEqualTo(kill);
        // A write stages its content, and while that waits, its seal.
        assertThat(files(root.resolve(".mushroom/staging")).size()).isLessThanOrEqualTo(2 * kill);
      }
      System.out.printf(
          "%d kills: %d versions, all whole; %d unfinished%n",
          KILLS, verified.size(), incomplete(root).size());

      Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
      String last = new ModelRegistry(store, tomorrow).publish(Bundles.draft(), source).version();
      assertThat(incomplete(root)).isEmpty();
      assertThat(registry.versions(Bundles.MODEL)).endsWith(last).containsAll(verified);
    }
  }

  /** Version folders that hold files but no manifest. */
  private static List<Path> incomplete(Path root) throws IOException {
    return files(root.resolve("models/mushrooms")).stream()
        .filter(path -> path.getFileName().toString().matches("[0-9]+"))
        .filter(path -> !Files.exists(path.resolve("bundle.json")))
        .filter(path -> !empty(path))
        .toList();
  }

  private static boolean empty(Path folder) {
    try {
      return files(folder).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
