package app.mushroom.vision.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.vision.species.Toxicity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  private static final String CALIBRATION =
      """
      {"schemaVersion": 1, "temperature": 1.12,
       "gate": {"weights": [1.5, -2], "bias": -3.1, "threshold": 0.5},
       "answer": {"speciesAt": 0.40, "genusAt": 0.50},
       "poison": {"flagAt": 0.20, "clearBelow": 0.10, "costRatio": 100},
       "bands": {"veryLikely": 0.93, "likely": 0.50}, "later": "fields are ignored"}
      """;

  @Test
  void readsTheCalibrationOfTheFormatsPage() throws IOException {
    Calibration calibration = calibration(CALIBRATION);
    assertThat(calibration.temperature()).isEqualTo(1.12);
    assertThat(calibration.gate().weights()).containsExactly(1.5, -2);
    assertThat(calibration.answer().genusAt()).isEqualTo(0.5);
    assertThat(calibration.poison().costRatio()).isEqualTo(100);
    assertThat(calibration.bands().likely()).isEqualTo(0.5);
  }

  @Test
  void writesWhatItReads(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("calibration.json");
    Files.write(file, calibration(CALIBRATION).toJson());
    Calibration again = Calibration.read(file);
    assertThat(again).usingRecursiveComparison().isEqualTo(calibration(CALIBRATION));
    assertThat(Files.readString(file)).contains("\"schemaVersion\"");

    Path labels = folder.resolve("labels.json");
    Files.write(labels, Decisions.LABELS.toJson());
    assertThat(LabelSet.read(labels)).isEqualTo(Decisions.LABELS);
    assertThat(Files.readString(labels)).contains("\"not_known_poisonous\"");
  }

  @Test
  void readsThresholdsOfSingleLabelsWhereThereAreAny() throws IOException {
    Calibration plain = calibration(CALIBRATION);
    assertThat(plain.labels()).isEmpty();
    assertThat(new String(plain.toJson(), StandardCharsets.UTF_8)).doesNotContain("labels");
    Calibration strict =
        calibration(withLabels("{\"x_y\": {\"flagAt\": 0.05}, \"z\": {\"speciesAt\": 0.4}}"));
    assertThat(strict.labels().get("x_y").flagAt()).isEqualTo(0.05);
    assertThat(strict.labels().get("z").flagAt()).isNull();
    assertThat(calibration(new String(strict.toJson(), StandardCharsets.UTF_8)))
        .usingRecursiveComparison()
        .isEqualTo(strict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\": {\"flagAt\": 0.21}}| x.flagAt of at most poison.flagAt",
        "{\"x\": {\"speciesAt\": 0.39}}| x.speciesAt of at least answer.speciesAt",
        "{\"x\": {\"flagAt\": -0.1}}| flagAt of a label in 0..1",
        "{\"x\": null}| labels.x"
      })
  void refusesThresholdsOfALabelThatAreLaxer(String labels, String message) {
    assertThatThrownBy(() -> calibration(withLabels(labels)))
        .isInstanceOf(InvalidModelFileException.class)
        .hasMessageContaining(message);
  }

  private static String withLabels(String labels) {
    return CALIBRATION.replace("\"later\"", "\"labels\": " + labels + ", \"later\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\": 1| \"schemaVersion\": 2| schemaVersion 1, found 2",
        "1.12| 0| temperature above 0",
        "1.12| -1| temperature above 0",
        "1.12| \"NaN\"| temperature",
        "0.20| 1.2| poison.flagAt in 0..1, found 1.2",
        "0.10| 0.3| clearBelow <= poison.flagAt",
        "100| 0.5| costRatio",
        "0.93| 0.4| bands.likely <= bands.veryLikely",
        "[1.5, -2]| []| gate.weights",
        "0.40| -0.1| answer.speciesAt",
        "\"genusAt\"| \"typo\"| genusAt"
      })
  void refusesACalibrationThatMakesNoSense(String from, String to, String message) {
    assertThatThrownBy(() -> calibration(CALIBRATION.replace(from, to)))
        .isInstanceOf(InvalidModelFileException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("calibration.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"schemaVersion\": 1", "<html>"})
  void refusesWhatIsNoCalibration(String json) {
    assertThatThrownBy(() -> calibration(json)).isInstanceOf(InvalidModelFileException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaVersion\": 1, \"labels\": []}",
        "{\"schemaVersion\": 1}",
        "{\"schemaVersion\": 2, \"labels\": [@]}",
        "{\"schemaVersion\": 1, \"labels\": [@, @]}",
        "{\"schemaVersion\": 1, \"labels\": [null]}",
        "{\"schemaVersion\": 1, \"labels\": [{\"label\": \"x\"}]}"
      })
  void refusesLabelsThatMakeNoSense(String json) {
    String label =
        "{\"label\": \"x\", \"rank\": \"species\", \"scientificName\": \"X\","
            + " \"genus\": \"x\", \"toxicity\": \"deadly\"}";
    assertThatThrownBy(() -> labels(json.replace("@", label)))
        .isInstanceOf(InvalidModelFileException.class);
  }

  @Test
  void acceptsALabelWithoutAGenus() throws IOException {
    LabelSet labels =
        labels(
            "{\"schemaVersion\": 1, \"labels\": [{\"label\": \"x\", \"rank\": \"species\","
                + " \"scientificName\": \"X\", \"toxicity\": \"caution\"}]}");
    assertThat(labels.get(0).genus()).isNull();
    assertThat(labels.get(0).toxicity()).isEqualTo(Toxicity.CAUTION);
  }

  @Test
  void keepsNotMushroomOutOfTheNetwork() {
    for (String name : List.of("not_mushroom", "Amanita", "", "a/b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Label(name, "species", "X", null, Toxicity.UNKNOWN));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Label("x", "none", "X", null, Toxicity.UNKNOWN));
  }

  private static Calibration calibration(String json) throws IOException {
    return Calibration.read(stream(json));
  }

  private static LabelSet labels(String json) throws IOException {
    return LabelSet.read(stream(json));
  }

  private static ByteArrayInputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
