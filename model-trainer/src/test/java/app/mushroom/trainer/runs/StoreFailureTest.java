package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.trainer.cli.TinyRun;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores and memory that give out while a run goes on. */
class StoreFailureTest {

  private static final String REFUSED =
      "Could not write in gs://bucket: 403. The account lacks permission: grant it one.";

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private TinyRun tiny;
  private FaultyStore objects;
  private RunParameters parameters;
  private Clock clock = Clock.systemUTC();
  private BooleanSupplier stop = () -> false;
  private int folders;

  @BeforeEach
  void begin() throws Exception {
    tiny = new TinyRun(folder.resolve("tiny"));
    parameters = tiny.begin("--epochs=3");
    objects = new FaultyStore(ObjectStores.open(tiny.store().toString()));
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void trainsOnWhileTheBucketIsAwayAndSavesWhenItIsBack() throws Exception {
    int[] refusals = {0};
    objects.fail(
        (operation, key) -> {
          // Away when the first two epochs are saved, not when the embedding phase was.
          boolean away = said.stream().anyMatch(line -> line.startsWith("epoch 1 "));
          boolean back = said.stream().anyMatch(line -> line.startsWith("epoch 3 "));
          if (away && !back && !key.startsWith("datasets/")) {
            refusals[0]++;
            throw new ObjectStoreException("Could not write in gs://bucket: 503.");
          }
        });
    assertThat(train()).isPresent();
    assertThat(refusals[0]).isPositive();
    assertThat(pauses).as("training does not wait").isEmpty();
    assertThat(said)
        .filteredOn(line -> line.startsWith("NO CHECKPOINT"))
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).contains("503", "The last complete", "before epoch 1"));
  }

  @Test
  void savesInTheMiddleOfAnEpochToo() throws Exception {
    List<String> saved = new ArrayList<>();
    int[] failures = {1};
    objects.fail(
        (operation, key) -> {
          boolean network = operation.equals("write") && key.endsWith("/network.pt");
          if (network && saved.size() == 2 && failures[0]-- > 0) {
            throw new ObjectStoreException("Could not write in gs://bucket: 503.");
          }
          if (operation.equals("write") && key.endsWith("/checkpoint.json")) {
            saved.add(key);
          }
        });
    clock = new TickingClock(Duration.ofSeconds(10));
    assertThat(train(Duration.ofMinutes(1))).isPresent();
    assertThat(saved).as("more than after the embedding and each epoch").hasSizeGreaterThan(1 + 3);
    assertThat(said)
        .filteredOn(line -> line.startsWith("NO CHECKPOINT"))
        .singleElement()
        .asString()
        .contains("in epoch 1 after step");
  }

  @Test
  void aRefusingBucketEndsTheRunInAClearMessageAndHarmsNothing() throws Exception {
    Champion champion = publishAChampion();
    objects.fail(
        (operation, key) -> {
          boolean trained = said.stream().anyMatch(line -> line.startsWith("epoch 2 "));
          if (trained && operation.equals("write")) {
            throw new ObjectStoreException(REFUSED);
          }
        });
    assertThatThrownBy(this::train)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(REFUSED)
        .hasMessageContaining("The last checkpoint (after epoch 1) is kept")
        .hasMessageContaining("mushroom train --resume " + parameters.run());
    assertThat(pauses).as("insists on the last one").hasSize(14).contains(Duration.ofMinutes(1));
    assertThat(registry().champion("mushrooms")).contains(champion);
    assertThat(registry().versions("mushrooms")).hasSize(1);

    objects.fail(
        (operation, key) -> {
          if (key.startsWith("datasets/")) {
            throw new ObjectStoreException("Could not read in gs://bucket: 503.");
          }
        });
    assertThatThrownBy(this::train)
        .hasMessageContaining("The last checkpoint (after epoch 1) is kept");
    assertThat(state().epochsDone()).as("a failure before training goes on").isEqualTo(1);

    objects.fail(FaultyStore.Fault.NONE);
    assertThat(train()).as("resumed").isPresent();
    TinyRun calm = new TinyRun(folder.resolve("calm"));
    assertThat(calm.train("--epochs=3")).isZero();
    assertThat(tiny.network("2")).isEqualTo(calm.network("1"));
  }

  @Test
  void aPhotoThatGoesMissingInMidEpochCostsNoStepAndIsNamedWithWhatToDo() throws Exception {
    stop = () -> said.stream().anyMatch(line -> line.startsWith("Linear head"));
    assertThat(train()).isEmpty();
    stop = () -> false;
    // Those of val are read before the first step. The loader is a few batches ahead of it.
    Set<String> training =
        new DatasetRepository(objects)
            .latest("tiny").orElseThrow().photos().stream()
                .filter(photo -> photo.split() == Split.TRAIN)
                .map(photo -> photo.sha256() + ".jpg")
                .collect(Collectors.toSet());
    AtomicInteger opened = new AtomicInteger();
    objects.fail(
        (operation, key) -> {
          boolean photo =
              operation.equals("open")
                  && training.contains(key.substring(key.lastIndexOf('/') + 1));
          if (photo && opened.incrementAndGet() == TinyRun.STEPS_PER_EPOCH * 8 - 8) {
            throw new ObjectNotFoundException(new ObjectKey(key), "the store");
          }
        });
    assertThatThrownBy(this::train)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("restore it")
        .hasMessageContaining("--from-run " + parameters.run())
        .hasMessageContaining("The last checkpoint (in epoch 1 after step");
    objects.fail(FaultyStore.Fault.NONE);
    assertThat(train()).as("restored").isPresent();
  }

  @Test
  void aProcessThatFindsAnotherOneOnItsRunLeavesTheRecordToIt() throws Exception {
    objects.fail(
        (operation, key) -> {
          boolean trained = said.stream().anyMatch(line -> line.startsWith("epoch 1 "));
          if (trained && operation.equals("find") && key.endsWith("checkpoint.json")) {
            objects.fail(FaultyStore.Fault.NONE);
            saveAsAnotherProcess();
          }
        });
    assertThatThrownBy(this::train)
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("Another process");
    assertThat(state().state()).isEqualTo("running");
  }

  private void saveAsAnotherProcess() throws IOException {
    CheckpointStore other = new CheckpointStore(objects, parameters.run());
    Path copy = Files.createDirectory(folder.resolve("other-" + folders++));
    CheckpointStore.Loaded loaded = other.load(copy, line -> {}).orElseThrow();
    other.save(loaded.index(), loaded.folder());
  }

  @Test
  void aFullDiskIsNamedWithWhatToDo() throws Exception {
    objects.fail(
        (operation, key) -> {
          if (operation.equals("write") && key.contains("/checkpoint/")) {
            throw new IOException("No space left on device");
          }
        });
    assertThatThrownBy(this::train)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining(tiny.store().toString())
        .hasMessageContaining("Free space")
        .hasMessageNotContaining("--resume");
    assertThat(pauses).as("fails before hours are spent").hasSize(2);
    assertThat(state().state()).isEqualTo("failed");
  }

  @Test
  void anExhaustedMemoryIsNamedWithWhatToDo() {
    objects.fail(
        (operation, key) -> {
          if (key.contains("/images/")) {
            throw new OutOfMemoryError("Java heap space");
          }
        });
    assertThatThrownBy(this::train)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("Java ran out of memory")
        .hasMessageContaining("-Xmx")
        .hasMessageContaining("--batch-size");
  }

  private Optional<Published> train() throws IOException {
    return train(Duration.ZERO);
  }

  private Optional<Published> train(Duration checkpointEvery) throws IOException {
    Path work = Files.createDirectory(folder.resolve("work-" + folders++));
    Console console =
        new Console() {
          @Override
          public void say(String line) {
            said.add(line);
          }

          @Override
          public void progress(String step, int done, int total, String detail) {}
        };
    return new TrainingRun(
            parameters, objects, SpeciesCatalogue.load(), console, clock, pauses::add)
        .run(tiny.backbone(), new TrainingRun.Execution("cpu", work, checkpointEvery, stop));
  }

  private RunState state() throws IOException {
    return new RunStore(objects)
        .read(parameters.run(), RunState.FILE, RunState.class)
        .orElseThrow();
  }

  private Champion publishAChampion() throws Exception {
    TinyRun other = new TinyRun(folder.resolve("other"));
    assertThat(other.train("--epochs=0")).isZero();
    for (String file : List.of("models/mushrooms/1", "models/mushrooms/claims")) {
      copy(other.store(), file);
    }
    registry().promote("mushrooms", "1", "the first", Optional.empty());
    return registry().champion("mushrooms").orElseThrow();
  }

  private void copy(Path from, String prefix) throws IOException {
    try (var store = ObjectStores.open(from.toString());
        var files = store.list(prefix)) {
      for (var file : files.toList()) {
        try (var in = store.open(file.key())) {
          objects.write(file.key(), in, Precondition.absent());
        }
      }
    }
  }

  /** A clock that goes on by so much whenever it is looked at. */
  private static final class TickingClock extends Clock {

    private final Duration tick;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private TickingClock(Duration tick) {
      this.tick = tick;
    }

    @Override
    public Instant instant() {
      now = now.plus(tick);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private ModelRegistry registry() {
    return new ModelRegistry(objects, Clock.systemUTC());
  }
}
