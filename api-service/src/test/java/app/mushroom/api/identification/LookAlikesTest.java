package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookAlikesTest {
  private static final SpeciesCatalogue CATALOGUE = SpeciesCatalogue.load();
  private final LookAlikes lookAlikes = new LookAlikes(CATALOGUE);

  @Test
  void ofASpeciesTheMostDangerousComeFirst() {
    for (Species species : CATALOGUE.all()) {
      List<Identification.LookAlike> found = lookAlikes.of(species);
      assertThat(found).hasSameSizeAs(species.lookAlikes());
      assertOrdered(found);
    }
  }

  @Test
  void ofAGenusItsPoisonousMembersStandWithHowToTellThemApart() {
    List<Identification.LookAlike> found =
        lookAlikes.ofGenus("amanita", List.of("amanita_caesarea", "amanita_muscaria"));
    assertThat(found)
        .extracting(Identification.LookAlike::label)
        .contains("amanita_phalloides", "amanita_muscaria", "amanita_pantherina");
    assertThat(found.get(0).toxicity()).isEqualTo("deadly");
    assertOrdered(found);
  }

  @Test
  void everyGenusThatHoldsPoisonSaysSo() {
    CATALOGUE.all().stream()
        .map(Species::genus)
        .distinct()
        .forEach(
            genus -> {
              List<Identification.LookAlike> found = lookAlikes.ofGenus(genus, List.of());
              assertOrdered(found);
              CATALOGUE.all().stream()
                  .filter(one -> one.genus().equals(genus) && one.rank().equals("species"))
                  .filter(one -> one.toxicity() == Toxicity.DEADLY)
                  .forEach(
                      one ->
                          assertThat(found)
                              .extracting(Identification.LookAlike::label)
                              .contains(one.label()));
            });
  }

  @Test
  void whereNothingIsNamedTheDangerousLookAlikesOfAllCandidatesStand() {
    Species taken =
        CATALOGUE.all().stream()
            .filter(one -> one.lookAlikes().stream().anyMatch(o -> o.toxicity().isPoisonous()))
            .findFirst()
            .orElseThrow();
    List<Identification.LookAlike> found =
        lookAlikes.ofAny(List.of(taken.label(), "not_in_the_catalogue"));
    assertThat(found).isNotEmpty();
    assertThat(found)
        .allSatisfy(
            one -> {
              assertThat(one.toxicity()).isIn("deadly", "poisonous");
              assertThat(one.difference())
                  .startsWith("Compared with " + taken.scientificName() + ": ");
            });
    assertThat(lookAlikes.ofAny(List.of())).isEmpty();
  }

  private static void assertOrdered(List<Identification.LookAlike> found) {
    assertThat(found).extracting(one -> Toxicity.of(one.toxicity())).isSorted();
    assertThat(found).extracting(Identification.LookAlike::scientificName).doesNotHaveDuplicates();
    assertThat(found).allSatisfy(one -> assertThat(one.difference()).isNotBlank().endsWith("."));
  }
}
