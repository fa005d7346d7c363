package app.mushroom.collector.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelReaderTest {
  private final SpeciesCatalogue catalogue = SpeciesCatalogue.load();
  private final LabelReader strict = new LabelReader(catalogue, false);
  private final LabelReader lenient = new LabelReader(catalogue, true);

  @Test
  void takesNamesFromTheCatalogue() throws Exception {
    assertThat(strict.read(photo("amanita_muscaria", null, "Nonsense", "amanita")))
        .isEqualTo(
            new LabelMeaning("amanita_muscaria", LabelRank.SPECIES, "Amanita muscaria", "amanita"));
    assertThat(strict.notes()).isEmpty();
  }

  @Test
  void knowsBareGenera() throws Exception {
    assertThat(strict.read(photo("amanita", null, null, null)).rank()).isEqualTo(LabelRank.GENUS);
  }

  @Test
  void notMushroomHasNoNames() throws Exception {
    assertThat(strict.read(photo("not_mushroom", LabelRank.NONE, "x", "y")))
        .isEqualTo(new LabelMeaning("not_mushroom", LabelRank.NONE, null, null));
  }

  @Test
  void saysWhereListAndCatalogueDisagree() throws Exception {
    strict.read(photo("amanita_muscaria", LabelRank.GENUS, null, "agaricus"));
    strict.read(photo("amanita_muscaria", LabelRank.GENUS, null, "agaricus"));

    assertThat(strict.notes())
        .hasSize(2)
        .anySatisfy(note -> assertThat(note).contains("genus agaricus", "amanita"))
        .anySatisfy(note -> assertThat(note).contains("rank genus", "species"));
  }

  @Test
  void refusesLabelsThatNobodyKnows() {
    assertThatExceptionOfType(UnfitPhotoException.class)
        .isThrownBy(() -> strict.read(photo("agaricus_imaginarius", null, null, null)))
        .withMessageContaining("agaricus_imaginarius")
        .withMessageContaining("--allow-unknown-labels")
        .satisfies(e -> assertThat(e.reason()).isEqualTo("unknown_label"));
  }

  @Test
  void takesUnknownLabelsByTheirNameWhereAllowed() throws Exception {
    assertThat(lenient.read(photo("agaricus_imaginarius", null, null, null)))
        .isEqualTo(
            new LabelMeaning(
                "agaricus_imaginarius", LabelRank.SPECIES, "Agaricus imaginarius", "agaricus"));
    assertThat(lenient.read(photo("imaginarius", null, null, null)).rank())
        .isEqualTo(LabelRank.GENUS);
    assertThat(lenient.notes()).anySatisfy(note -> assertThat(note).contains("unknown"));
  }

  @Test
  void takesUnknownLabelsByTheListWhereItSaysMore() throws Exception {
    assertThat(lenient.read(photo("x1", LabelRank.SPECIES, "Agaricus novus", "Agaricus")))
        .isEqualTo(new LabelMeaning("x1", LabelRank.SPECIES, "Agaricus novus", "agaricus"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Amanita muscaria",
        "../amanita",
        "a/b",
        "",
        ".a",
        "a\u0000",
        "=cmd",
        "a..b",
        "AMANITA",
        "amanita\n",
        "<script>",
        "C:\\a",
        "%2e%2e"
      })
  void refusesWhatIsNoName(String label) {
    assertThatExceptionOfType(UnfitPhotoException.class)
        .isThrownBy(() -> lenient.read(photo(label, null, null, null)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("invalid_label"));
  }

  @Test
  void rankNoneIsForNotMushroomAlone() {
    assertThatExceptionOfType(UnfitPhotoException.class)
        .isThrownBy(() -> lenient.read(photo("amanita_muscaria", LabelRank.NONE, null, null)))
        .withMessageContaining("not_mushroom");
  }

  private static SourcePhoto photo(String label, LabelRank rank, String taxon, String genus) {
    return new SourcePhoto(
        "here",
        Path.of("."),
        "1.jpg",
        label,
        rank,
        taxon,
        genus,
        null,
        null,
        null,
        "source",
        null,
        "unknown",
        null);
  }
}
