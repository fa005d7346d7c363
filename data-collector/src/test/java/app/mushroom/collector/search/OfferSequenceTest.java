package app.mushroom.collector.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.search.OfferSequence.Offer;
import app.mushroom.collector.search.OfferSequence.SourceEnd;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferSequenceTest {
  private static final String NAME = "Amanita muscaria";
  private static final AcceptedTaxon TAXON =
      new AcceptedTaxon("amanita_muscaria", NAME, "species", null, List.of());

  @Test
  void endsAtOnceWithoutSourcesOrPhotos() throws Exception {
    assertThat(ids(sequence())).isEmpty();
    OfferSequence empty = sequence(new ListedSource("a", 2));
    assertThat(ids(empty)).isEmpty();
    assertThat(empty.next()).isEmpty();
    assertThat(empty.ends()).isEqualTo(Map.of("a", new SourceEnd.Exhausted(0)));
  }

  @Test
  void sourcesTakeTurnsUntilTheirListsEnd() throws Exception {
    ListedSource small = new ListedSource("b", 2).add(NAME, "b1", null, null);
    OfferSequence offers = sequence(list("a", 2, 3), small);
    assertThat(ids(offers)).containsExactly("a1", "b1", "a2", "a3");
    assertThat(offers.ends())
        .isEqualTo(Map.of("a", new SourceEnd.Exhausted(3), "b", new SourceEnd.Exhausted(1)));
  }

  @Test
  void everyObserversFirstPhotoComesBeforeAnybodysSecond() throws Exception {
    ListedSource source =
        new ListedSource("a", 10)
            .add(NAME, "anna1", "o1", "anna")
            .add(NAME, "anna2", "o2", "anna")
            .add(NAME, "anna3", "o3", "anna")
            .add(NAME, "ben1", "o4", "ben")
            .add(NAME, "unnamed1", "o5", null)
            .add(NAME, "unnamed2", "o6", null)
            .add(NAME, "ben2", "o7", "ben");
    assertThat(ids(sequence(source)))
        .containsExactly("anna1", "ben1", "unnamed1", "unnamed2", "anna2", "ben2", "anna3");
  }

  @Test
  void countsAnObserversPhotosOverAllPages() throws Exception {
    ListedSource source =
        new ListedSource("a", 2)
            .add(NAME, "anna1", "o1", "anna")
            .add(NAME, "anna2", "o2", "anna")
            .add(NAME, "anna3", "o3", "anna")
            .add(NAME, "ben1", "o4", "ben");
    assertThat(ids(sequence(source))).containsExactly("anna1", "anna2", "ben1", "anna3");
  }

  @Test
  void offersOnlySoManyPhotosOfOneFind() throws Exception {
    ListedSource source = new ListedSource("a", 2);
    for (int photo = 1; photo <= 5; photo++) {
      source.add(NAME, "p" + photo, "one find", "anna");
    }
    OfferSequence offers = sequence(source);
    assertThat(ids(offers)).containsExactly("p1", "p2");
    assertThat(offers.skipped()).isEqualTo(Map.of("same_find", 3));
  }

  @Test
  void offersAPhotoOnceAlthoughItIsListedTwice() throws Exception {
    ListedSource source =
        new ListedSource("a", 2)
            .add(NAME, "p1", null, null)
            .add(NAME, "p2", null, null)
            .add(NAME, "p1", null, null);
    OfferSequence offers = sequence(source);
    assertThat(ids(offers)).containsExactly("p1", "p2");
    assertThat(offers.ends()).isEqualTo(Map.of("a", new SourceEnd.Exhausted(2)));
  }

  @Test
  void aSourceThatBreaksOffLeavesTheTurnsToTheOthers() throws Exception {
    OfferSequence offers = sequence(list("a", 2, 4).failAt(1), list("b", 2, 4));
    assertThat(ids(offers)).containsExactly("a1", "b1", "a2", "b2", "b3", "b4");
    assertThat(offers.ends().get("a")).isEqualTo(new SourceEnd.Failed(2, "a answers with 503"));
  }

  @Test
  void aSourceThatIsToBeLeftAloneKeepsItsTurns() throws Exception {
    OfferSequence offers = sequence(list("a", 2, 4).leaveAloneAt(1), list("b", 2, 4));
    assertThat(ids(offers))
        .containsExactly("a1", "b1", "a2", "b2", "a waits", "b3", "a waits", "b4", "a waits");
    assertThat(offers.ends()).containsOnlyKeys("b");
  }

  @Test
  void nothingIsOfferedOnceAllSourcesAreToBeLeftAlone() throws Exception {
    OfferSequence offers = sequence(list("a", 2, 4).leaveAloneAt(0));
    assertThat(ids(offers)).containsExactly("a waits");
  }

  private static ListedSource list(String name, int perPage, int photos) {
    ListedSource source = new ListedSource(name, perPage);
    for (int photo = 1; photo <= photos; photo++) {
      source.add(NAME, name + photo, null, null);
    }
    return source;
  }

  private static OfferSequence sequence(Source... sources) {
    return new OfferSequence(List.of(sources), TAXON, 2);
  }

  private static List<String> ids(OfferSequence offers) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (Optional<Offer> next = offers.next(); next.isPresent(); next = offers.next()) {
      ids.add(
          next.get() instanceof Offer.Listed listed
              ? listed.photo().id()
              : ((Offer.Kept) next.get()).source() + " waits");
    }
    return ids;
  }
}
