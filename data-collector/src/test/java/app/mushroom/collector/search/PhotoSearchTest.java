package app.mushroom.collector.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.mushroom.collector.FailingStore;
import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Source;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoSearchTest {
  private static final String FLY = "Amanita muscaria";
  private static final AcceptedTaxon TAXON =
      new AcceptedTaxon("amanita_muscaria", FLY, "species", null, List.of());
  private static final String CEP = "Boletus edulis";
  private static final AcceptedTaxon OTHER =
      new AcceptedTaxon("boletus_edulis", CEP, "species", null, List.of());
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-01T08:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private ObjectStore store;

  /** What lies at addresses; anything else is a photo of its own. */
  private final Map<String, byte[]> bodies = new HashMap<>();

  private final Map<String, FetchException.Reason> failures = new HashMap<>();

  /** Hosts that ask to be left alone. */
  private final Set<String> leftAlone = new HashSet<>();

  private final ConcurrentLinkedQueue<String> fetched = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takesWhatIsWantedAndFetchesNothingMore() throws Exception {
    LabelOutcome outcome = search(3, list("a", 10));
    assertThat(outcome.taken()).isEqualTo(3);
    assertThat(outcome.shortfall()).isEmpty();
    assertThat(fetched).containsExactlyInAnyOrder("a1", "a2", "a3");
    assertThat(taken()).containsExactly("a1", "a2", "a3");
    assertThat(images()).isEqualTo(3);
  }

  @Test
  void asksAndFetchesNothingOnceThereIsEnough() throws Exception {
    search(3, list("a", 10));
    fetched.clear();
    ListedSource source = list("a", 10);
    LabelOutcome again = search(3, source);
    assertThat(again.has()).isEqualTo(3);
    assertThat(again.taken()).isZero();
    assertThat(fetched).isEmpty();
    assertThat(source.pagesAsked).as("pages").isZero();
  }

  @Test
  void goesOnWhereItEndedWhenMoreIsWanted() throws Exception {
    search(3, list("a", 10));
    fetched.clear();
    search(5, list("a", 10));
    assertThat(fetched).containsExactlyInAnyOrder("a4", "a5");
    assertThat(taken()).containsExactly("a1", "a2", "a3", "a4", "a5");
  }

  @Test
  void replacesWhatIsRefusedByWhatIsOfferedNext() throws Exception {
    bodies.put("a2", "not a photo".getBytes(StandardCharsets.UTF_8));
    failures.put("a3", FetchException.Reason.NOT_FOUND);
    LabelOutcome outcome = search(3, list("a", 10));
    assertThat(taken()).containsExactly("a1", "a4", "a5");
    assertThat(outcome.refusals()).extracting(Refusal::reason).contains("not_found").hasSize(2);
    fetched.clear();
    search(4, list("a", 10));
    assertThat(fetched).as("no refused photo is fetched again").containsExactly("a6");
  }

  @Test
  void triesAgainWhatMayPassAndRecordsItOnce() throws Exception {
    failures.put("a1", FetchException.Reason.TOO_SLOW);
    search(2, list("a", 2));
    search(2, list("a", 2));
    assertThat(fetched).filteredOn("a1"::equals).hasSize(2);
    assertThat(lines()).as("a1 refused once, a2 taken").isEqualTo(2);
    failures.clear();
    assertThat(search(2, list("a", 2)).has()).isEqualTo(2);
  }

  @Test
  void theFirstOfEqualPhotosStaysWhicheverComesFirst() throws Exception {
    bodies.put("b1", TestPhotos.jpeg(1, 64, 48));
    bodies.put("a2", TestPhotos.jpeg(1, 64, 48));
    LabelOutcome outcome = search(3, list("a", 3), list("b", 3));
    assertThat(taken()).containsExactly("a1", "b1", "b2");
    assertThat(outcome.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("duplicate");
              assertThat(refusal.detail()).contains("http://b.example/b1");
            });
    assertThat(images()).isEqualTo(3);
  }

  @Test
  void aCopyOfAPhotoIsNotTakenAlthoughItsBytesAreOthers() throws Exception {
    BufferedImage picture = TestPhotos.picture(1, 320, 240);
    BufferedImage mirrored = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = mirrored.createGraphics();
    graphics.drawImage(picture, 320, 0, -320, 240, null);
    graphics.dispose();
    bodies.put("a1", TestPhotos.encode(picture, "png"));
    bodies.put("a2", TestPhotos.encode(picture, "jpeg"));
    bodies.put("a3", TestPhotos.encode(mirrored, "png"));
    LabelOutcome outcome = search(2, list("a", 5));
    assertThat(taken()).containsExactly("a1", "a4");
    assertThat(outcome.refusals())
        .hasSize(2)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("near_duplicate");
              assertThat(refusal.detail()).contains("http://a.example/a1");
            });
    fetched.clear();
    search(3, list("a", 5));
    assertThat(fetched).as("what is known to be a copy").doesNotContain("a2", "a3");
  }

  @Test
  void takesNoPhotoWhoseLicenceIsNotAllowedAndDoesNotFetchIt() throws Exception {
    ListedSource source =
        new ListedSource("a", 5)
            .add(FLY, "closed", null, null, ListedSource.CLOSED)
            .add(FLY, "free", null, null);
    LabelOutcome outcome = search(2, source);
    assertThat(fetched).containsExactly("free");
    assertThat(outcome.refusals()).extracting(Refusal::reason).containsExactly("licence");
    assertThat(outcome.shortfall())
        .containsExactly("a has no more than the 2 photos it listed.", "Refused: 1 licence.");
  }

  @Test
  void explainsWhyASourceBrought() throws Exception {
    LabelOutcome outcome = search(9, list("a", 4).failAt(1), new ListedSource("b", 2));
    assertThat(outcome.taken()).isEqualTo(2);
    assertThat(outcome.shortfall())
        .containsExactlyInAnyOrder(
            "b has no more than the 0 photos it listed.",
            "a stopped answering after 2 photos: a answers with 503");
  }

  @Test
  void aDryRunFetchesAndWritesNothing() throws Exception {
    LabelOutcome outcome = search(new SearchOptions("mushrooms", 3, 2, 4, true), list("a", 10));
    assertThat(outcome.taken()).isEqualTo(3);
    assertThat(fetched).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsAuthorLicenceAndFindOfEveryPhoto() throws Exception {
    search(1, new ListedSource("a", 5).add(FLY, "p", "a:17", "anna"));
    assertThat(SearchHistory.read(store, "mushrooms").taken())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.label()).isEqualTo("amanita_muscaria");
              assertThat(record.taxon()).isEqualTo(FLY);
              assertThat(record.observation()).isEqualTo("a:17");
              assertThat(record.attribution()).isEqualTo("(c) anna");
              assertThat(record.licence()).isEqualTo("CC0-1.0");
              assertThat(record.page()).isEqualTo("http://a.example/p");
            });
  }

  @Test
  void twoSearchesAtOnceLoseAndDoubleNothing() throws Exception {
    try (SearchRecords other = new SearchRecords(store, "mushrooms")) {
      search(3, list("a", 3));
      failures.put("a1", FetchException.Reason.NOT_FOUND);
      search(other, options(3), list("a", 3));
    }
    failures.clear();
    assertThat(taken()).containsExactly("a1", "a2", "a3");
    assertThat(images()).isEqualTo(3);
    fetched.clear();
    assertThat(search(3, list("a", 3)).taken()).isZero();
    assertThat(fetched).isEmpty();
  }

  @Test
  void whatWasDecidedBeforeTheStoreFailedIsOnRecord() throws Exception {
    FailingStore failing = new FailingStore(store, 4);
    assertThatThrownBy(() -> search(failing, options(9), list("a", 10)))
        .isInstanceOf(java.io.IOException.class);
    search(9, list("a", 10));
    assertThat(taken()).hasSize(9);
    assertThat(images()).isEqualTo(9);
  }

  @Test
  void photosOfAHostThatIsToBeLeftAloneKeepTheirPlacesAndNothingIsRecordedOfThem()
      throws Exception {
    leftAlone.add("b.example");
    LabelOutcome outcome = search(4, list("a", 10), list("b", 10));
    assertThat(taken()).as("those of the other host").containsExactly("a1", "a2");
    assertThat(lines()).isEqualTo(2);
    assertThat(fetched).as("no list is read in vain").hasSize(4);
    assertThat(outcome.waits())
        .isEqualTo(Map.of("b.example", new LabelOutcome.Wait(2, ListedSource.LATER)));
    assertThat(outcome.shortfall())
        .singleElement()
        .asString()
        .contains("b.example asks to be left alone until 2026-05-01 20:00:00 UTC: 2 places");

    leftAlone.clear();
    fetched.clear();
    assertThat(search(4, list("a", 10), list("b", 10)).shortfall()).isEmpty();
    assertThat(fetched).as("what waited").containsExactlyInAnyOrder("b1", "b2");
    assertThat(taken()).containsExactly("a1", "a2", "b1", "b2");
  }

  @Test
  void aSourceThatIsToBeLeftAloneGetsItsPhotosInLater() throws Exception {
    LabelOutcome outcome = search(8, list("a", 10), list("b", 10).leaveAloneAt(1));
    assertThat(taken()).containsExactly("a1", "b1", "a2", "b2", "a3", "a4");
    assertThat(outcome.waits()).containsOnlyKeys("b");
    search(8, list("a", 10), list("b", 10));
    assertThat(taken()).containsExactly("a1", "b1", "a2", "b2", "a3", "a4", "b3", "b4");
  }

  @Test
  void aLabelWhoseHostIsSlowDoesNotHoldUpAnother() throws Exception {
    CountDownLatch otherIsDone = new CountDownLatch(1);
    Web slow =
        request -> {
          if (request.address().getPath().contains("slow")) {
            otherIsDone.await();
          }
          return web().get(request);
        };
    ListedSource source =
        new ListedSource("a", 5)
            .add(FLY, "slow1", null, null)
            .add(FLY, "slow2", null, null)
            .add(CEP, "quick1", null, null)
            .add(CEP, "quick2", null, null);
    try (SearchRecords records = new SearchRecords(store, "mushrooms")) {
      List<LabelOutcome> outcomes =
          photoSearch(slow, store, records, options(2), source)
              .run(
                  List.of(TAXON, OTHER),
                  new SearchProgress() {
                    @Override
                    public void at(String label, int has, int wanted, int refused) {}

                    @Override
                    public void ended(String label) {
                      if (label.equals(OTHER.label())) {
                        otherIsDone.countDown();
                      }
                    }
                  });
      assertThat(outcomes)
          .as("in the order of the labels")
          .extracting(LabelOutcome::label, LabelOutcome::taken)
          .containsExactly(tuple(TAXON.label(), 2), tuple(OTHER.label(), 2));
    }
  }

  @Test
  void aStopWaitsForNoHost() throws Exception {
    AtomicReference<PhotoSearch> search = new AtomicReference<>();
    Web endless =
        request -> {
          if (request.address().getPath().contains("a3")) {
            search.get().stop();
            new CountDownLatch(1).await();
          }
          return web().get(request);
        };
    try (SearchRecords records = new SearchRecords(store, "mushrooms")) {
      search.set(photoSearch(endless, store, records, options(5), list("a", 10)));
      search.get().run(List.of(TAXON), (label, has, wanted, refused) -> {});
    }
    assertThat(taken()).doesNotContain("a3");
    search(5, list("a", 10));
    assertThat(taken()).containsExactly("a1", "a2", "a3", "a4", "a5");
  }

  @Test
  void aLabelThatFailsEndsTheOthers() throws Exception {
    ListedSource source = list("a", 100);
    for (int photo = 1; photo <= 100; photo++) {
      source.add(CEP, "c" + photo, null, null);
    }
    FailingStore failing = new FailingStore(store, 4);
    try (SearchRecords records = new SearchRecords(store, "mushrooms")) {
      PhotoSearch search = photoSearch(web(), failing, records, options(90), source);
      assertThatThrownBy(
              () -> search.run(List.of(TAXON, OTHER), (label, has, wanted, refused) -> {}))
          .isInstanceOf(java.io.IOException.class);
      assertThat(search.isStopping()).as("nobody asked for it").isFalse();
    }
    assertThat(fetched).hasSizeLessThan(100);
    assertThat(images()).as("what is stored is on record").isEqualTo(taken().size());
  }

  private static ListedSource list(String name, int photos) {
    ListedSource source = new ListedSource(name, 2);
    for (int photo = 1; photo <= photos; photo++) {
      source.add(FLY, name + photo, null, null);
    }
    return source;
  }

  private static SearchOptions options(int perLabel) {
    return new SearchOptions("mushrooms", perLabel, 2, 4, false);
  }

  private LabelOutcome search(int perLabel, Source... sources) throws Exception {
    return search(options(perLabel), sources);
  }

  private LabelOutcome search(SearchOptions options, Source... sources) throws Exception {
    return search(store, options, sources);
  }

  private LabelOutcome search(ObjectStore target, SearchOptions options, Source... sources)
      throws Exception {
    try (SearchRecords records = new SearchRecords(target, options.dataset())) {
      return search(target, records, options, sources);
    }
  }

  private LabelOutcome search(SearchRecords records, SearchOptions options, Source... sources)
      throws Exception {
    return search(store, records, options, sources);
  }

  private LabelOutcome search(
      ObjectStore target, SearchRecords records, SearchOptions options, Source... sources)
      throws Exception {
    return photoSearch(web(), target, records, options, sources)
        .run(List.of(TAXON), (label, has, wanted, refused) -> {})
        .get(0);
  }

  private static PhotoSearch photoSearch(
      Web web,
      ObjectStore target,
      SearchRecords records,
      SearchOptions options,
      Source... sources) {
    PhotoFetch fetch =
        new PhotoFetch(
            web,
            new PhotoPreparation(new PhotoDecoder(), 1024),
            photo ->
                new Inspector.Inspected(null, PerceptualHash.of(photo).orElse(null), List.of()),
            2);
    return new PhotoSearch(
        List.of(sources),
        fetch,
        licence -> !licence.equals(ListedSource.CLOSED),
        new DatasetRepository(target),
        records,
        options,
        CLOCK);
  }

  private Web web() {
    return (WebRequest request) -> {
      String id = request.address().getPath().replaceAll("^/|\\.jpg$", "");
      fetched.add(id);
      if (leftAlone.contains(request.address().getHost())) {
        throw FetchException.leftAlone(
            FetchException.Reason.TOO_MANY_REQUESTS, "no " + id, ListedSource.LATER);
      }
      FetchException.Reason failure = failures.get(id);
      if (failure != null) {
        throw new FetchException(failure, "no " + id);
      }
      byte[] body = bodies.getOrDefault(id, TestPhotos.jpeg(id.hashCode(), 64, 48));
      return new WebAnswer(request.address(), 200, "image/jpeg", body);
    };
  }

  private List<String> taken() throws Exception {
    return SearchHistory.read(store, "mushrooms").taken().stream().map(PhotoRecord::id).toList();
  }

  private long images() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("datasets/mushrooms/images"))) {
      return files.count();
    }
  }

  private int lines() throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("datasets/mushrooms/records/search"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return (int) lines.stream().filter(line -> line.contains("\"source\"")).count();
  }
}
