package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.quality.Conflicts.Conflict;
import app.mushroom.collector.quality.Conflicts.Labelled;
import app.mushroom.collector.quality.Conflicts.Refinement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConflictsTest {
  private final Labelled muscaria = species("m", "amanita_muscaria", "amanita");
  private final Labelled phalloides = species("p", "amanita_phalloides", "amanita");
  private final Labelled amanita = new Labelled("g", "g", "amanita", "amanita", true, "list g");
  private final Labelled boletus = new Labelled("b", "b", "boletus", "boletus", true, "list b");
  private final Labelled nothing = new Labelled("n", "n", "not_mushroom", null, false, "list n");

  @Test
  void noPhotosDoNotConflict() {
    assertThat(Conflicts.among(List.of(), List.of()))
        .isEqualTo(new Conflicts(List.of(), List.of()));
  }

  @Test
  void onePhotoDoesNotConflict() {
    assertThat(Conflicts.among(List.of(muscaria), List.of()).quarantined()).isEmpty();
  }

  @Test
  void photosThatDoNotLookAlikeMayDiffer() {
    assertThat(Conflicts.among(List.of(muscaria, phalloides), List.of()).quarantined()).isEmpty();
  }

  @Test
  void oneLabelDoesNotConflictWithItself() {
    assertThat(among(muscaria, species("m2", "amanita_muscaria", "amanita")).quarantined())
        .isEmpty();
  }

  @Test
  void twoSpeciesGoToQuarantineBothWithBothLabelsAndSourcesNamed() {
    Conflicts conflicts = among(muscaria, phalloides);
    assertThat(conflicts.quarantined())
        .containsExactly(new Conflict(muscaria, phalloides), new Conflict(phalloides, muscaria));
    assertThat(conflicts.quarantined().get(0).message())
        .contains("amanita_muscaria in list m", "amanita_phalloides in list p");
  }

  @Test
  void equalBytesNeedNoPair() {
    Labelled other = new Labelled("x", "m", "amanita_rubescens", "amanita", false, "list x");
    assertThat(Conflicts.among(List.of(muscaria, other), List.of()).quarantined()).hasSize(2);
  }

  @Test
  void aSpeciesWinsOverItsGenus() {
    Conflicts conflicts = among(amanita, muscaria);
    assertThat(conflicts.quarantined()).isEmpty();
    assertThat(conflicts.refinements()).containsExactly(new Refinement(amanita, muscaria));
  }

  @Test
  void aSpeciesAndAnotherGenusConflict() {
    assertThat(among(muscaria, boletus).quarantined()).hasSize(2);
    assertThat(among(muscaria, boletus).refinements()).isEmpty();
  }

  @Test
  void twoGeneraConflict() {
    assertThat(among(amanita, boletus).quarantined()).hasSize(2);
  }

  @Test
  void whatIsNoMushroomConflictsWithEveryMushroom() {
    assertThat(among(nothing, muscaria).quarantined()).hasSize(2);
    assertThat(among(amanita, nothing).quarantined()).hasSize(2);
    assertThat(among(nothing, new Labelled("n2", "n2", "not_mushroom", null, false, "l")))
        .isEqualTo(new Conflicts(List.of(), List.of()));
  }

  @Test
  void aGenusThatTwoSpeciesClaimKeepsItsLabelWhileTheyGo() {
    Conflicts conflicts =
        Conflicts.among(
            List.of(amanita, muscaria, phalloides), List.of(pair(0, 1, 0), pair(0, 2, 0)));
    assertThat(conflicts.quarantined())
        .extracting(conflict -> conflict.photo().id())
        .containsExactly("m", "p");
    assertThat(conflicts.refinements()).isEmpty();
  }

  @Test
  void theEndsOfAChainAreNotHeldAgainstEachOther() {
    Labelled between = species("m2", "amanita_muscaria", "amanita");
    Conflicts conflicts =
        Conflicts.among(
            List.of(muscaria, between, phalloides), List.of(pair(0, 1, 4), pair(1, 2, 4)));
    assertThat(conflicts.quarantined())
        .extracting(conflict -> conflict.photo().id())
        .containsExactly("m2", "p");
  }

  @Test
  void everyCopyOfAnEqualPictureGoesThoughPairsNameOnlyTheFirst() {
    List<Labelled> photos = new ArrayList<>();
    List<NearPair> pairs = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      boolean odd = i % 2 == 1;
      photos.add(species("c" + i, odd ? "amanita_muscaria" : "amanita_phalloides", "amanita"));
      if (i > 0) {
        pairs.add(pair(0, i, 0));
      }
    }
    List<Conflict> quarantined = Conflicts.among(photos, pairs).quarantined();
    assertThat(quarantined).hasSize(3000);
    assertThat(quarantined).noneMatch(c -> c.photo().label().equals(c.other().label()));
  }

  private static Conflicts among(Labelled one, Labelled other) {
    return Conflicts.among(List.of(one, other), List.of(pair(0, 1, 3)));
  }

  private static NearPair pair(int earlier, int later, int distance) {
    return new NearPair(earlier, later, distance, false);
  }

  private static Labelled species(String id, String label, String genus) {
    return new Labelled(id, id, label, genus, false, "list " + id);
  }
}
