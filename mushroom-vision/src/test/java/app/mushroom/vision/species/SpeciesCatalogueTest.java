package app.mushroom.vision.species;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeciesCatalogueTest {
  private static final String CATALOGUE =
      """
      {"schemaVersion": 1,
       "species": [
         {"label": "amanita_phalloides", "scientificName": "Amanita phalloides",
          "commonNames": ["death cap"], "rank": "species", "genus": "amanita", "toxicity": "deadly",
          "lookAlikes": [], "synonyms": [], "sources": ["book"]},
         {"label": "amanita_rubescens", "scientificName": "Amanita rubescens",
          "commonNames": [], "rank": "species", "genus": "Amanita", "toxicity": "caution",
          "lookAlikes": [
            {"label": "amanita_phalloides", "scientificName": "Amanita phalloides",
             "toxicity": "deadly", "difference": "Does not redden."},
            {"label": null, "scientificName": "Amanita pantherina",
             "toxicity": "poisonous", "difference": "White flecks."}],
          "synonyms": [], "sources": ["book"], "later": "fields are ignored"}],
       "sources": {"book": "A book"}}
      """;

  private final SpeciesCatalogue catalogue = read(CATALOGUE);

  @Test
  void findsSpeciesByLabel() {
    assertThat(catalogue.require("amanita_phalloides").commonNames()).containsExactly("death cap");
    assertThat(catalogue.find("boletus_edulis")).isEmpty();
    assertThat(catalogue.all()).extracting(Species::label).hasSize(2);
    assertThat(catalogue.sources()).containsEntry("book", "A book");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.require("boletus_edulis"))
        .withMessageContaining("boletus_edulis");
  }

  @ParameterizedTest
  @ValueSource(strings = {"amanita", "Amanita", "AMANITA"})
  void knowsTheWorstOfAGenusWhateverItsCase(String genus) {
    assertThat(catalogue.genusToxicity(genus)).isEqualTo(Toxicity.DEADLY);
    assertThat(catalogue.genusHoldsDeadly(genus)).isTrue();
  }

  @Test
  void knowsNothingOfAGenusItDoesNotHold() {
    assertThat(catalogue.genusToxicity("boletus")).isEqualTo(Toxicity.UNKNOWN);
    assertThat(catalogue.genusHoldsDeadly("boletus")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\": 1| \"schemaVersion\": 2| schemaVersion 1, found 2",
        "\"label\": \"amanita_rubescens\"| \"label\": \"amanita_phalloides\"| found"
            + " 'amanita_phalloides' twice",
        "\"label\": \"amanita_rubescens\"| \"label\": \"Amanita\"| found 'Amanita'",
        "\"label\": null| \"label\": \"nobody\"| look-alikes that the catalogue holds",
        "\"toxicity\": \"deadly\", \"difference\"| \"toxicity\": \"caution\", \"difference\"| to be"
            + " deadly as its own entry says",
        "\"toxicity\": \"caution\"| \"toxicity\": \"yummy\"| found 'yummy'",
        "[\"book\"], \"later\"| [], \"later\"| at least one source",
        "[\"book\"], \"later\"| [\"blog\"], \"later\"| found 'blog'",
        "White flecks.| ''| how Amanita pantherina differs",
        "\"rank\": \"species\", \"genus\": \"Amanita\"| \"rank\": \"x\", \"genus\": \"y\"| found"
            + " 'x'"
      })
  void refusesACatalogueThatBreaksItsRules(String from, String to, String message) {
    String broken = CATALOGUE.replaceAll("\\s+", " ").replace(from, to.equals("''") ? "" : to);
    assertThat(broken).isNotEqualTo(CATALOGUE.replaceAll("\\s+", " "));
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(InvalidCatalogueException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}", "{\"schemaVersion\": 1, \"species\": [{}]}"})
  void refusesWhatIsNoCatalogue(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidCatalogueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cortinarius", "clitocybe", "amanita", "galerina"})
  void warnsOfAGenusWhoseKillerHasNoEntryOfItsOwn(String genus) {
    assertThat(SpeciesCatalogue.load().genusHoldsDeadly(genus)).isTrue();
  }

  @Test
  void ordersToxicitiesFromTheWorst() {
    assertThat(Toxicity.NOT_KNOWN_POISONOUS.worse(Toxicity.UNKNOWN)).isEqualTo(Toxicity.UNKNOWN);
    assertThat(Toxicity.UNKNOWN.worse(Toxicity.CAUTION)).isEqualTo(Toxicity.CAUTION);
    assertThat(Toxicity.CAUTION.worse(Toxicity.POISONOUS)).isEqualTo(Toxicity.POISONOUS);
    assertThat(Toxicity.DEADLY.worse(Toxicity.POISONOUS)).isEqualTo(Toxicity.DEADLY);
    assertThat(Toxicity.CAUTION.isPoisonous()).isFalse();
    assertThat(Toxicity.POISONOUS.isPoisonous()).isTrue();
  }

  private static SpeciesCatalogue read(String json) {
    return SpeciesCatalogue.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
