package app.mushroom.storage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.HostileNames;
import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  private static final String MODEL = Bundles.MODEL;
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");

  @TempDir Path temporary;
  private ObjectStore store;
  private ModelRegistry registry;

  @BeforeEach
  void open() throws IOException {
    store = ObjectStores.open(temporary.resolve("store").toString());
    registry = registryAt(NOW);
  }

  private ModelRegistry registryAt(Instant now) {
    return new ModelRegistry(store, Clock.fixed(now, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anEmptyStoreHasNoModels() throws IOException {
    assertThat(registry.models()).isEmpty();
    assertThat(registry.versions(MODEL)).isEmpty();
    assertThat(registry.champion(MODEL)).isEmpty();
    assertThatThrownBy(() -> registry.manifest(MODEL, "1"))
        .isInstanceOf(BundleRejectedException.class)
        .hasMessageContaining("there is no such version");
  }

  @Test
  void aPublishedBundleIsFetchedAsItWas() throws IOException {
    Path source = Bundles.folder(temporary, "first");
    BundleManifest published = registry.publish(Bundles.draft(), source);

    assertThat(published.version()).isEqualTo("1");
    assertThat(published.files())
        .extracting(BundleFile::name)
        .containsExactlyElementsOf(Bundles.FILES);
    assertThat(registry.models()).containsExactly(MODEL);
    assertThat(registry.versions(MODEL)).containsExactly("1");
    assertThat(registry.manifest(MODEL, "1")).isEqualTo(published);

    VerifiedBundle fetched = registry.fetch(MODEL, "1", temporary.resolve("fetched"));
    assertThat(fetched.manifest()).isEqualTo(published);
    assertThat(fetched.has("model.pt")).isTrue();
    assertThat(fetched.has("bundle.json")).isFalse();
    assertThat(fetched.file("model.pt")).hasContent("first of model.pt");
    assertThatIllegalArgumentException().isThrownBy(() -> fetched.file("../model.pt"));
    assertThat(registry.file(MODEL, "1", "MODEL_CARD.md"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("first of MODEL_CARD.md");
    assertThatThrownBy(() -> registry.file(MODEL, "1", "model.onnx"))
        .isInstanceOf(ObjectNotFoundException.class);
    assertThat(ModelRegistry.verify(fetched.folder())).isEqualTo(fetched);
  }

  @Test
  void theManifestLooksAsTheFormatSays() throws IOException {
    Path source = temporary.resolve("source");
    Files.createDirectories(source);
    Files.writeString(source.resolve("model.pt"), "1");
    registry.publish(Bundles.draft(), source);

    assertThat(temporary.resolve("store/models/mushrooms/1/bundle.json"))
        .content(StandardCharsets.UTF_8)
        .isEqualToIgnoringWhitespace(
            """
            {"schemaVersion": 1, "name": "mushrooms", "version": "1", "architecture": "efficientnetv2-b0",
             "input": {"size": 224, "resizeShortSide": 236, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
             "outputs": ["logits", "embedding"], "embeddingSize": 1280,
             "dataset": {"name": "mushrooms", "version": 1, "manifestSha256": "%s"},
             "run": "20261121-101500-ab12", "created": "2026-11-21T10:15:00Z",
             "files": [{"name": "model.pt",
               "sha256": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b", "sizeBytes": 1}]}
            """
                .formatted("0".repeat(64)));
  }

  @Test
  void versionsCountUpAndSortAsNumbers() throws IOException {
    Path source = Bundles.folder(temporary, "same");
    for (int i = 1; i <= 10; i++) {
      assertThat(registry.publish(Bundles.draft(), source).version())
          .isEqualTo(Integer.toString(i));
    }
    assertThat(registry.versions(MODEL)).startsWith("1", "2", "3").endsWith("9", "10");
  }

  @Test
  void publishersAtOnceNeverShareAVersionAndNoneIsLost() throws Exception {
    int publishers = 2;
    int rounds = 25;
    ExecutorService threads = Executors.newFixedThreadPool(publishers);
    try {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        Path source = Bundles.folder(temporary, "publisher " + i);
        tasks.add(
            () -> {
              List<String> versions = new ArrayList<>();
              for (int round = 0; round < rounds; round++) {
                versions.add(registry.publish(Bundles.draft(), source).version());
              }
              return versions;
            });
      }
      List<String> all = new ArrayList<>();
      for (Future<List<String>> versions : threads.invokeAll(tasks)) {
        assertThat(versions.get()).extracting(Integer::valueOf).isSorted();
        all.addAll(versions.get());
      }
      assertThat(all)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, publishers * rounds).mapToObj(Integer::toString).toList());
      for (String version : all) {
        registry.fetch(MODEL, version, temporary.resolve("fetched-" + version));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void ofTwoWhoPublishAndPromoteAtOnceOneWinsAndTheOtherIsToldWho() throws Exception {
    int rounds = 50;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier together = new CyclicBarrier(2);
    Path source = Bundles.folder(temporary, "same");
    try {
      for (int round = 0; round < rounds; round++) {
        Callable<String> contender =
            () -> {
              Optional<Champion> seen = registry.champion(MODEL);
              String version = registry.publish(Bundles.draft(), source).version();
              together.await(1, TimeUnit.MINUTES);
              try {
                return "won " + registry.promote(MODEL, version, "newer", seen).version();
              } catch (PreconditionFailedException e) {
                return e.getMessage();
              }
            };
        List<String> outcomes = new ArrayList<>();
        for (Future<String> each : threads.invokeAll(List.of(contender, contender))) {
          outcomes.add(each.get());
        }
        String winner = registry.champion(MODEL).orElseThrow().version();
        assertThat(outcomes).as("round %d", round).containsOnlyOnce("won " + winner);
        assertThat(outcomes)
            .filteredOn(outcome -> !outcome.startsWith("won"))
            .singleElement()
            .asString()
            .contains("found version " + winner);
        assertThat(registry.versions(MODEL)).hasSize(2 * (round + 1));
      }
      assertThat(registry.versions(MODEL))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 2 * rounds).mapToObj(Integer::toString).toList());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void onlyFoldersOfPlainFilesArePublished() throws IOException {
    Path withFolder = Bundles.folder(temporary, "a");
    Files.createDirectory(withFolder.resolve("classes"));
    Path withLink = Bundles.folder(temporary, "b");
    Files.createSymbolicLink(withLink.resolve("link"), withFolder.resolve("model.pt"));
    Path withName = Bundles.folder(temporary, "c");
    Files.writeString(withName.resolve(".DS_Store"), "");
    Path empty = Files.createDirectory(temporary.resolve("empty"));

    for (Path folder : List.of(withFolder, withLink, withName, empty, temporary.resolve("none"))) {
      assertThatThrownBy(() -> registry.publish(Bundles.draft(), folder))
          .isInstanceOf(BundleRejectedException.class)
          .hasMessageContaining(folder.toString());
    }
    assertThat(registry.versions(MODEL)).isEmpty();
    assertThat(temporary.resolve("store/models")).doesNotExist();
  }

  @Test
  void whatDiedWhilePublishingIsSweptADayLaterAndItsNumberStaysTaken() throws IOException {
    Path source = Bundles.folder(temporary, "first");
    registry.publish(Bundles.draft(), source);
    Path dead = temporary.resolve("store/models/mushrooms/1");
    Files.delete(dead.resolve("bundle.json"));
    assertThat(registry.versions(MODEL)).isEmpty();

    registryAt(NOW.plus(Duration.ofHours(23))).publish(Bundles.draft(), source);
    assertThat(dead).isNotEmptyDirectory();
    registryAt(NOW.plus(Duration.ofHours(25))).publish(Bundles.draft(), source);
    assertThat(dead).isEmptyDirectory();
    assertThat(registry.versions(MODEL)).containsExactly("2", "3");
  }

  @Test
  void hostileNamesAreRefusedEverywhere() throws IOException {
    Path canary = Files.writeString(temporary.resolve("canary"), "sings");
    for (String name : HostileNames.ALL) {
      Path fresh = temporary.resolve("fresh");
      assertThatThrownBy(() -> registry.versions(name)).isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> registry.champion(name)).isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> registry.manifest(MODEL, name))
          .isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> registry.fetch(MODEL, name, fresh))
          .isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> registry.file(MODEL, "1", name))
          .isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> registry.promote(MODEL, name, "", Optional.empty()))
          .isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> registry.publish(Bundles.draft(name), temporary))
          .isInstanceOf(InvalidNameException.class);
      assertThat(fresh).doesNotExist();
    }
    assertThat(canary).hasContent("sings");
    assertThat(temporary.resolve("store")).doesNotExist();
  }

  @Test
  void aFolderThatIsNotFreshIsNotFetchedInto() throws IOException {
    registry.publish(Bundles.draft(), Bundles.folder(temporary, "first"));
    Path used = Bundles.folder(temporary, "mine");
    assertThatIllegalArgumentException().isThrownBy(() -> registry.fetch(MODEL, "1", used));
    assertThat(used.resolve("model.pt")).hasContent("mine of model.pt");
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertThat(registry.fetch(MODEL, "1", empty).folder()).isEqualTo(empty);
  }

  @Test
  void theFirstChampionIsPromotedFromNone() throws IOException {
    publish(1);
    Champion promoted = registry.promote(MODEL, "1", "the first", Optional.empty());

    assertThat(promoted.version()).isEqualTo("1");
    assertThat(promoted.promoted()).isEqualTo(NOW);
    assertThat(promoted.history()).isEmpty();
    assertThat(registry.champion(MODEL)).contains(promoted);
    assertThat(temporary.resolve("store/models/mushrooms/champion.json"))
        .content(StandardCharsets.UTF_8)
        .isEqualToIgnoringWhitespace(
            """
            {"schemaVersion": 1, "model": "mushrooms", "version": "1",
             "promoted": "2026-11-21T10:15:00Z", "reason": "the first", "history": []}
            """);
  }

  @Test
  void aPromotionThatExpectsAnOldChampionFailsAndTellsWhoWon() throws IOException {
    publish(3);
    Champion first = registry.promote(MODEL, "1", "the first", Optional.empty());
    registry.promote(MODEL, "2", "better recall", Optional.of(first));

    assertThatThrownBy(() -> registry.promote(MODEL, "3", "mine", Optional.of(first)))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("expected the champion to be version 1, found version 2")
        .hasMessageContaining("better recall");
    assertThatThrownBy(() -> registry.promote(MODEL, "3", "mine", Optional.empty()))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("expected the champion to be none yet");
    assertThat(registry.champion(MODEL)).map(Champion::version).contains("2");
  }

  @Test
  void onlyACompleteVersionBecomesChampion() throws IOException {
    publish(1);
    assertThatThrownBy(() -> registry.promote(MODEL, "2", "", Optional.empty()))
        .isInstanceOf(BundleRejectedException.class);
    Files.delete(temporary.resolve("store/models/mushrooms/1/labels.json"));
    assertThatThrownBy(() -> registry.promote(MODEL, "1", "", Optional.empty()))
        .isInstanceOf(BundleRejectedException.class)
        .hasMessageContaining("labels.json");
    assertThat(registry.champion(MODEL)).isEmpty();
  }

  @Test
  void aRollbackGoesToTheLastDifferentChampion() throws IOException {
    publish(2);
    assertThatThrownBy(() -> registry.rollback(MODEL, "none yet"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("expected a champion, found none");
    Champion first = registry.promote(MODEL, "1", "first", Optional.empty());
    assertThatThrownBy(() -> registry.rollback(MODEL, "only one"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("expected a champion before version 1");
    Champion second = registry.promote(MODEL, "2", "second", Optional.of(first));
    registry.promote(MODEL, "2", "second again", Optional.of(second));

    Champion back = registry.rollback(MODEL, "misses death caps");

    assertThat(back.version()).isEqualTo("1");
    assertThat(back.reason()).isEqualTo("misses death caps");
    assertThat(back.history())
        .extracting(Champion.Entry::version, Champion.Entry::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2", "second again"),
            org.assertj.core.groups.Tuple.tuple("2", "second"),
            org.assertj.core.groups.Tuple.tuple("1", "first"));
    assertThat(registry.rollback(MODEL, "was right").version()).isEqualTo("2");
  }

  @Test
  void historyKeepsAHundredChampions() throws IOException {
    publish(1);
    Optional<Champion> champion = Optional.empty();
    for (int i = 0; i < 103; i++) {
      champion = Optional.of(registry.promote(MODEL, "1", "time " + i, champion));
    }
    assertThat(champion.orElseThrow().history()).hasSize(100);
    assertThat(champion.orElseThrow().history().get(0).reason()).isEqualTo("time 101");
  }

  @Test
  void aChampionThatIsNoJsonIsAnErrorThatNamesIt() throws IOException {
    for (String content :
        List.of("", "<html>", "{}", "{\"schemaVersion\": 2}", "{\"schemaVersion\": 1}")) {
      store.writeBytes(
          ObjectKey.of("models/mushrooms/champion.json"),
          content.getBytes(StandardCharsets.UTF_8),
          Precondition.none());
      assertThatThrownBy(() -> registry.champion(MODEL))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("models/mushrooms/champion.json");
    }
  }

  private void publish(int times) throws IOException {
    Path source = Bundles.folder(temporary, "same");
    for (int i = 0; i < times; i++) {
      registry.publish(Bundles.draft(), source);
    }
    try (Stream<Path> files = Files.list(source)) {
      assertThat(files).hasSize(Bundles.FILES.size());
    }
  }
}
