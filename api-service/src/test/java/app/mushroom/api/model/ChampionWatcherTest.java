package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Classifiers;
import app.mushroom.api.fixture.Settings;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

class ChampionWatcherTest {
  private static final Path SHIPPED = Path.of("src", "main", "resources", "starter-model");

  @TempDir Path root;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ServingModel serving = new ServingModel();
  private final List<Path> opened = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T10:15:00Z");
  private Path store;
  private ObjectStore objects;
  private BundleFolders folders;
  private LoadedModels chosen;
  private Error broken;

  @BeforeEach
  void openStore() throws IOException {
    store = root.resolve("store");
    objects = ObjectStores.open(store.toString());
  }

  @AfterEach
  void close() throws IOException {
    serving.close();
    if (folders != null) {
      folders.close();
    }
    objects.close();
  }

  @Test
  void servesTheChampion() throws IOException {
    TinyBundle.publishAndPromote(store);
    watcher(Settings.of(store)).poll();
    assertThat(serving.version()).hasValue("1");
  }

  @Test
  void servesNothingWhileThereIsNothing() throws IOException {
    watcher(Settings.of(store)).poll();
    assertThat(serving.version()).isEmpty();
    assertThatThrownBy(serving::lease).isInstanceOf(NoModelException.class);
  }

  @Test
  void servesTheStarterUntilThereIsAChampion() throws IOException {
    ChampionWatcher watcher = watcher(Settings.of(store, starter().toUri().toString(), ""));
    watcher.poll();
    assertThat(serving.version()).hasValue("starter");
    TinyBundle.publishAndPromote(store);
    watcher.poll();
    assertThat(serving.version()).hasValue("1");
    watcher.serveWithoutStore();
    assertThat(serving.version()).hasValue("1");
  }

  @Test
  void servesTheLastVerifiedModelAgainWhileTheStoreIsAway() throws IOException {
    TinyBundle.publishAndPromote(store);
    ApiProperties properties =
        Settings.of(store, starter().toUri().toString(), root.resolve("cache").toString());
    watcher(properties).poll();
    serving.close();
    folders.close();
    ChampionWatcher restarted = watcher(properties);
    restarted.serveWithoutStore();
    assertThat(serving.version()).hasValue("1");
  }

  @Test
  void aCachedModelOfAnotherNameIsNotServed() throws IOException {
    TinyBundle.publishAndPromote(store);
    ApiProperties properties =
        Settings.of(store, starter().toUri().toString(), root.resolve("cache").toString());
    watcher(properties).poll();
    serving.close();
    folders.close();
    watcher(named(properties, "others")).serveWithoutStore();
    assertThat(serving.version()).hasValue("starter");
  }

  private static ApiProperties named(ApiProperties from, String name) {
    ApiProperties.Model model = from.model();
    return new ApiProperties(
        from.store(),
        from.corsOrigins(),
        new ApiProperties.Model(
            name,
            model.starter(),
            model.pollEvery(),
            model.retryAtMost(),
            model.starterAfter(),
            model.refusedFor(),
            model.cache(),
            model.notifications(),
            model.loaded(),
            model.loadWait(),
            model.loadLimit(),
            model.challenger(),
            model.shadowShare()),
        from.inference(),
        from.clients(),
        from.seen(),
        from.recent());
  }

  @Test
  void clearsACacheFolderOfItsOwnBundlesOnly() throws IOException {
    Path cache = root.resolve("cache");
    Path left = Files.createDirectories(cache.resolve("3-0b9a2f4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b"));
    Path others = Files.createDirectories(cache.resolve("datasets/mushrooms"));
    watcher(Settings.of(store, starter().toUri().toString(), cache.toString()));
    assertThat(left).doesNotExist();
    assertThat(others).exists();
  }

  @Test
  void doesNotTrustATamperedCache() throws IOException {
    TinyBundle.publishAndPromote(store);
    Path cache = root.resolve("cache");
    ApiProperties properties = Settings.of(store, starter().toUri().toString(), cache.toString());
    watcher(properties).poll();
    serving.close();
    try (Stream<Path> files = Files.walk(cache)) {
      Path weights = files.filter(file -> file.endsWith("model.pt")).findFirst().orElseThrow();
      flipByte(weights);
    }
    watcher(properties).serveWithoutStore();
    assertThat(serving.version()).hasValue("starter");
  }

  @Test
  void aModelIsClosedWhenItsLastRequestIsDone() throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    ModelLease request = serving.lease();
    Path oldFolder = opened.get(0).getParent();
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    watcher.poll();
    assertThat(serving.version()).hasValue("2");
    assertThat(request.model().classifier().classify(new float[3 * 64 * 64]).logits()).hasSize(6);
    assertThat(oldFolder).exists();
    request.close();
    request.close();
    assertThat(oldFolder).doesNotExist();
    assertThat(request.model().lease()).isEmpty();
  }

  /** A way to break a bundle before it is published. */
  record Broken(String name, TinyBundle.Change change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Broken> brokenBundles() {
    return Stream.of(
        new Broken("empty weights", put("model.pt", "")),
        new Broken("a page instead of weights", put("model.pt", "<html>Not found</html>")),
        new Broken(
            "a pickle instead of weights", put("model.pt", "\u0080\u0002cos\nsystem\n(S'id'\ntR.")),
        new Broken("an archive that climbs instead of weights", ChampionWatcherTest::climbingTar),
        new Broken("code beside weights that is not loaded", ChampionWatcherTest::codeAndNoWeights),
        new Broken(
            "half of the weights",
            folder -> {
              Path weights = folder.resolve("model.pt");
              byte[] all = Files.readAllBytes(weights);
              Files.write(weights, java.util.Arrays.copyOf(all, all.length / 2));
            }),
        new Broken("NaN weights", folder -> replaceFloats(folder, Float.NaN)),
        new Broken("other weights", folder -> replaceFloats(folder, 0.5f)),
        new Broken("one label less", edit("labels.json", ChampionWatcherTest::withoutFirstLabel)),
        new Broken("no labels", put("labels.json", "{\"schemaVersion\":1,\"labels\":[]}")),
        new Broken(
            "an unknown schema",
            edit("labels.json", json -> json.replaceFirst("(schemaVersion\"\\s*:\\s*)1", "$12"))),
        new Broken(
            "a gate of the wrong length",
            edit("calibration.json", ChampionWatcherTest::shorterGate)),
        new Broken(
            "an impossible temperature",
            edit(
                "calibration.json",
                json -> json.replaceFirst("(\"temperature\"\\s*:\\s*)1", "$1-1"))),
        new Broken(
            "no golden cases",
            put("golden.json", "{\"schemaVersion\":1,\"tolerance\":0.001,\"cases\":[]}")),
        new Broken(
            "a tolerance that lets everything pass",
            edit("golden.json", json -> json.replace("0.001", "1000"))),
        new Broken("no golden file", folder -> Files.delete(folder.resolve("golden.json"))),
        new Broken("no weights at all", folder -> Files.delete(folder.resolve("model.pt"))));
  }

  @ParameterizedTest
  @MethodSource("brokenBundles")
  void refusesABrokenBundleAndServesOn(Broken broken) throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    TinyBundle.publishAndPromote(store, broken.change());
    watcher.poll();
    assertThat(serving.version()).hasValue("1");
    assertThat(meters.counter("mushroom.model.refusals").count()).isEqualTo(1);
    int attempts = opened.size();
    watcher.poll();
    assertThat(opened).hasSize(attempts);
    assertThat(meters.counter("mushroom.model.refusals").count()).isEqualTo(1);
    now = now.plus(Duration.ofMinutes(11));
    watcher.poll();
    assertThat(meters.counter("mushroom.model.refusals").count()).isEqualTo(2);
    assertThat(onlyServedFoldersAreLeft()).isTrue();
  }

  /** A way to break a bundle in the store, with all checksums of the store itself in order. */
  record Tampered(String name, UnaryOperator<String> manifest) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Tampered> tamperedManifests() {
    return Stream.of(
        new Tampered(
            "another hash", json -> json.replaceFirst("(\"sha256\":\")[0-9a-f]{8}", "$100000000")),
        new Tampered(
            "10 GB declared",
            json -> json.replaceFirst("\"sizeBytes\":\\d+", "\"sizeBytes\":10000000000")),
        new Tampered(
            "a path that climbs", json -> json.replace("\"golden.json\"", "\"../golden.json\"")),
        new Tampered(
            "an absolute path", json -> json.replace("\"golden.json\"", "\"/etc/passwd\"")),
        new Tampered("a huge input", json -> json.replace("\"size\":64", "\"size\":100000")),
        new Tampered(
            "an input smaller than its patches", json -> json.replace("\"size\":64", "\"size\":8")),
        new Tampered(
            "another embedding size",
            json -> json.replace("\"embeddingSize\":8", "\"embeddingSize\":9")),
        new Tampered("no JSON", json -> "<html>"),
        new Tampered(
            "another model",
            json ->
                json.replace("\"mushrooms\",\"version\":\"2\"", "\"plants\",\"version\":\"2\"")));
  }

  @ParameterizedTest
  @MethodSource("tamperedManifests")
  void refusesATamperedManifestAndServesOn(Tampered tampered) throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    ObjectKey key = ObjectKey.of("models", "mushrooms", "2", "bundle.json");
    String manifest =
        new String(objects.readBytes(key, 1_000_000), StandardCharsets.UTF_8)
            .replaceAll("\\s*([:,])\\s*", "$1");
    String changed = tampered.manifest().apply(manifest);
    assertThat(changed).isNotEqualTo(manifest);
    objects.writeBytes(key, changed.getBytes(StandardCharsets.UTF_8), Precondition.none());
    watcher.poll();
    assertThat(serving.version()).hasValue("1");
    assertThat(meters.counter("mushroom.model.refusals").count()).isEqualTo(1);
    assertThat(onlyServedFoldersAreLeft()).isTrue();
  }

  @Test
  void whatBreaksTheEngineIsContainedAndLeftAlone() throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    for (Error error : List.of(new OutOfMemoryError("none"), new NoClassDefFoundError("none"))) {
      TinyBundle.publishAndPromote(store);
      broken = error;
      watcher.poll();
      broken = null;
      int attempts = opened.size();
      watcher.poll();
      assertThat(opened).as("not tried again in a loop").hasSize(attempts);
      assertThat(serving.version()).hasValue("1");
      assertThat(onlyServedFoldersAreLeft()).isTrue();
    }
    assertThat(meters.counter("mushroom.model.refusals").count()).isEqualTo(2);
  }

  @Test
  void afterARestartAnEarlierChampionServesWhereTheLastIsBad() throws IOException {
    TinyBundle.publishAndPromote(store);
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    TinyBundle.publishAndPromote(store, folder -> replaceFloats(folder, 0.5f));
    ApiProperties properties = Settings.of(store, starter().toUri().toString(), "");
    ChampionWatcher watcher = watcher(properties);
    watcher.serveWithoutStore();
    assertThat(serving.version()).hasValue("starter");
    watcher.poll();
    assertThat(serving.version()).hasValue("2");
    int attempts = opened.size();
    watcher.poll();
    assertThat(opened).hasSize(attempts);
    assertThat(serving.version()).hasValue("2");
    TinyBundle.publishAndPromote(store);
    watcher.poll();
    assertThat(serving.version()).hasValue("4");
  }

  @Test
  void whatSomebodyTookBackIsNoEarlierChampion() throws IOException {
    TinyBundle.publishAndPromote(store);
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    TinyBundle.publishAndPromote(store);
    ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
    registry.rollback(TinyBundle.MODEL, "3 misses webcaps");
    TinyBundle.publishAndPromote(store, folder -> replaceFloats(folder, 0.5f));
    watcher(Settings.of(store)).poll();
    assertThat(serving.version()).as("4 is bad, 3 was taken back").hasValue("2");
  }

  @Test
  void aRollbackIsServedAtTheNextLook() throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    watcher.poll();
    assertThat(serving.version()).hasValue("2");
    ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
    registry.rollback(TinyBundle.MODEL, "misses webcaps");
    watcher.poll();
    assertThat(serving.version()).hasValue("1");
    TinyBundle.publishAndPromote(store, folder -> replaceFloats(folder, 0.5f));
    watcher.poll();
    registry.rollback(TinyBundle.MODEL, "does not load");
    watcher.poll();
    assertThat(serving.version()).hasValue("1");
    assertThat(onlyServedFoldersAreLeft()).isTrue();
  }

  @Test
  void neverReadsWhatTheManifestDoesNotName() throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    objects.writeBytes(
        ObjectKey.of("models", "mushrooms", "2", "extra.jar"), new byte[] {1}, Precondition.none());
    watcher.poll();
    try (Stream<Path> files = Files.walk(folder(serving))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".jar"));
    }
  }

  @Test
  void doesNotServeWhatWasDamagedInTheStore() throws IOException {
    TinyBundle.publishAndPromote(store);
    ChampionWatcher watcher = watcher(Settings.of(store));
    watcher.poll();
    TinyBundle.publishAndPromote(store, TinyBundle.Change.REVERSED);
    flipByte(store.resolve("models/mushrooms/2/model.pt"));
    try {
      watcher.poll();
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("Exception");
    }
    assertThat(serving.version()).hasValue("1");
  }

  @Test
  void servesTheTwinForTheFasterEngineWhereThereIsOne() throws IOException {
    ApiProperties shipped = Settings.of(store, "classpath:starter-model", "");
    watcher(shipped).poll();
    assertThat(serving.version()).hasValue("starter");
    assertThat(opened).extracting(file -> file.getFileName() + "").containsExactly("model.onnx");
  }

  static Stream<Broken> uselessTwins() {
    return Stream.of(
        new Broken("no network", put("model.onnx", "no network")),
        new Broken(
            "another network",
            folder -> Files.copy(SHIPPED.resolve("model.onnx"), folder.resolve("model.onnx"))));
  }

  @ParameterizedTest
  @MethodSource("uselessTwins")
  void passesOverATwinThatIsNone(Broken twin) throws IOException {
    TinyBundle.publishAndPromote(store, twin.change());
    watcher(Settings.of(store)).poll();
    assertThat(serving.version()).hasValue("1");
    assertThat(opened)
        .extracting(file -> file.getFileName() + "")
        .containsExactly("model.onnx", "model.pt");
    assertThat(meters.counter("mushroom.model.refusals").count()).isZero();
  }

  private ChampionWatcher watcher(ApiProperties properties) throws IOException {
    Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
    Clock testClock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return clock;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    folders = new BundleFolders(properties);
    ModelRegistry registry = new ModelRegistry(objects, clock);
    ModelLoader loader = ModelBench.loader(this::open, new PhotoDecoder());
    StarterBundle starter = new StarterBundle(new DefaultResourceLoader(), properties);
    chosen = new LoadedModels(registry, loader, folders, starter, serving, testClock, properties);
    return new ChampionWatcher(
        registry,
        loader,
        folders,
        starter,
        serving,
        chosen,
        new ModelEvents(meters, event -> {}),
        testClock,
        properties);
  }

  private Classifier open(Path file, int size) {
    opened.add(file);
    if (broken != null) {
      throw broken;
    }
    return ENGINE.open(file, size);
  }

  private static final SpeciesCatalogue CATALOGUE = SpeciesCatalogue.load();

  private static final Classifiers ENGINE =
      new AnnotationConfigApplicationContext("app.mushroom.api.classifier")
          .getBean(Classifiers.class);

  private Path starter() throws IOException {
    Path other = root.resolve("other-store");
    TinyBundle.publishAndPromote(other);
    return other.resolve("models/mushrooms/1");
  }

  private static Path folder(ServingModel serving) {
    return serving.current().orElseThrow().folder();
  }

  /** Nothing of a refused bundle stays on the disk. */
  private boolean onlyServedFoldersAreLeft() throws IOException {
    Path served = folder(serving);
    try (Stream<Path> children = Files.walk(served.getParent(), 1, new FileVisitOption[0])) {
      return children.skip(1).allMatch(served::equals);
    }
  }

  private static TinyBundle.Change put(String file, String content) {
    return folder ->
        Files.write(folder.resolve(file), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static TinyBundle.Change edit(String file, UnaryOperator<String> change) {
    return folder -> {
      String before = Files.readString(folder.resolve(file));
      String after = change.apply(before);
      assertThat(after).isNotEqualTo(before);
      Files.writeString(folder.resolve(file), after);
    };
  }

  /** A tar whose one entry is meant for another folder. */
  private static void climbingTar(Path folder) throws IOException {
    byte[] tar = new byte[2048];
    byte[] name = "../../../../climbed.txt".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, tar, 0, name.length);
    byte[] sizeAndType = "00000000005\00000000000000\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(sizeAndType, 0, tar, 124, sizeAndType.length);
    tar[156] = '0';
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Files.write(folder.resolve("model.pt"), tar);
  }

  /** What DJL would run, had it the folder to choose from. */
  private static void codeAndNoWeights(Path folder) throws IOException {
    Files.write(folder.resolve("translator.jar"), new byte[] {'P', 'K', 3, 4});
    Files.writeString(folder.resolve("serving.properties"), "option.translatorFactory=evil.Evil");
    Files.write(folder.resolve("model.pt"), new byte[] {1});
  }

  private static String withoutFirstLabel(String json) {
    return json.replaceFirst("\\{\\s*\"label\"[^}]*},\\s*", "");
  }

  private static String shorterGate(String json) {
    return json.replaceFirst("(\"weights\"\\s*:\\s*\\[)[^,]*,", "$1");
  }

  /** Overwrites the head's weights, which the archive stores as they are. */
  private static void replaceFloats(Path folder, float value) throws IOException {
    TinyBundle.overwriteHead(folder, value);
  }

  private static void flipByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
