package app.mushroom.vision.species;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.TestData;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The content of species.json: what no reader of the file can check for itself. */
class SpeciesCatalogueDataTest {
  /** As wholes or inside other words: nobody may read the catalogue as a leave to eat. */
  private static final List<String> FORBIDDEN =
      List.of("safe", "edible", "choice", "good to eat", "harmless", "delicious", "tasty");

  private final String json = resource("species.json");
  private final SpeciesCatalogue catalogue = SpeciesCatalogue.load();

  @Test
  void keepsItsSchema() {
    assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
  }

  @Test
  void schemaRefusesAnEntryWithoutSources() {
    String broken = json.replaceFirst("\"sources\": \\[[^]]*]", "\"sources\": []");

    assertThat(broken).isNotEqualTo(json);
    assertThat(schema().validate(broken, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void holdsEveryLabelOfThePhotosUnderTheGenusTheyCountTowards() throws IOException {
    Map<String, String> genusByLabel = new TreeMap<>();
    Map<String, String> rankByLabel = new TreeMap<>();
    for (String line : dataLines("photos.csv").stream().skip(1).toList()) {
      String[] fields = line.split(",", 5);
      rankByLabel.put(fields[1], fields[2]);
      genusByLabel.put(fields[1], fields[3]);
    }

    assertThat(genusByLabel).isNotEmpty();
    genusByLabel.forEach(
        (label, genus) -> {
          assertThat(catalogue.find(label)).as(label).isPresent();
          assertThat(catalogue.require(label).genus()).as(label).isEqualTo(genus);
          assertThat(catalogue.require(label).rank()).as(label).isEqualTo(rankByLabel.get(label));
        });
  }

  @Test
  void callsEveryLabelPoisonousThatTheMeasureCountsAsPoisonous() throws IOException {
    List<String> labels =
        dataLines("poisonous_labels.txt").stream().filter(line -> !line.isBlank()).toList();

    assertThat(labels).isNotEmpty();
    assertThat(labels)
        .allSatisfy(
            label -> assertThat(catalogue.require(label).toxicity().isPoisonous()).isTrue());
  }

  @Test
  void isSortedByLabel() {
    assertThat(catalogue.all()).extracting(Species::label).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void namesOnlyWorksThatAreListedAndListsOnlyWorksThatAreNamed() {
    assertThat(catalogue.all().stream().flatMap(s -> s.sources().stream()).distinct())
        .containsExactlyInAnyOrderElementsOf(catalogue.sources().keySet());
  }

  @Test
  void tellsTheSameOfALookAlikeAsItsOwnEntryDoes() {
    assertThat(catalogue.all())
        .allSatisfy(
            species ->
                assertThat(species.lookAlikes())
                    .filteredOn(lookAlike -> lookAlike.label() != null)
                    .allSatisfy(
                        lookAlike -> {
                          Species own = catalogue.require(lookAlike.label());
                          assertThat(lookAlike.toxicity()).isEqualTo(own.toxicity());
                          assertThat(lookAlike.scientificName()).isEqualTo(own.scientificName());
                        }));
  }

  @Test
  void namesNoLookAlikeByHandThatHasAnEntry() {
    List<String> own = catalogue.all().stream().map(Species::scientificName).toList();

    assertThat(catalogue.all().stream().flatMap(s -> s.lookAlikes().stream()))
        .filteredOn(lookAlike -> lookAlike.label() == null)
        .extracting(LookAlike::scientificName)
        .doesNotContainAnyElementsOf(own);
  }

  @Test
  void tellsTheSameOfALookAlikeWithoutEntryWhereverItStands() {
    Map<String, Toxicity> toxicityByName = new TreeMap<>();

    assertThat(catalogue.all().stream().flatMap(s -> s.lookAlikes().stream()))
        .allSatisfy(
            l ->
                assertThat(toxicityByName.merge(l.scientificName(), l.toxicity(), (a, b) -> a))
                    .as(l.scientificName())
                    .isEqualTo(l.toxicity()));
  }

  @Test
  void putsTheMostDangerousLookAlikeFirst() {
    Comparator<Toxicity> worstFirst = Comparator.comparing(SpeciesCatalogueDataTest::danger);

    assertThat(catalogue.all())
        .allSatisfy(
            species ->
                assertThat(species.lookAlikes())
                    .extracting(LookAlike::toxicity)
                    .isSortedAccordingTo(worstFirst.reversed()));
  }

  @Test
  void callsABareGenusAtLeastAsBadAsEachOfItsSpecies() {
    assertThat(catalogue.all())
        .filteredOn(species -> species.rank().equals("genus"))
        .isNotEmpty()
        .allSatisfy(
            genus ->
                assertThat(genus.toxicity()).isEqualTo(catalogue.genusToxicity(genus.genus())));
  }

  @Test
  void namesALookAlikeBesideEverythingPeopleGatherOrSaysThatNoneIsKnown() {
    assertThat(catalogue.all())
        .filteredOn(species -> !species.toxicity().isPoisonous())
        .filteredOn(
            species -> species.lookAlikes().stream().noneMatch(l -> l.toxicity().isPoisonous()))
        .filteredOn(species -> species.toxicity() != Toxicity.UNKNOWN)
        .allSatisfy(
            species -> assertThat(species.note()).isNotNull().containsPattern("[Nn]o .* is known"));
  }

  @Test
  void nowhereReadsAsALeaveToEat() {
    assertThat(json).doesNotContainIgnoringCase(FORBIDDEN.toArray(String[]::new));
  }

  private static int danger(Toxicity toxicity) {
    int danger = 0;
    for (Toxicity other : Toxicity.values()) {
      if (toxicity != other && toxicity.worse(other) == toxicity) {
        danger++;
      }
    }
    return danger;
  }

  private static List<String> dataLines(String name) throws IOException {
    Path file = TestData.folder("data").resolve(name);
    return new ArrayList<>(Files.readAllLines(file));
  }

  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(resource("species.schema.json"));
  }

  private static String resource(String name) {
    try (InputStream in = SpeciesCatalogue.class.getResourceAsStream(name)) {
      assertThat(in).as(name + " on the class path").isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name + " cannot be read", e);
    }
  }
}
