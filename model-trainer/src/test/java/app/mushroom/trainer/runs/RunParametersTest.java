package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunParametersTest {

  /** As the first release wrote it. */
  private static final String OLD =
      """
      {"schemaVersion": 1, "run": "20260101-101500-ab12", "created": "2026-01-01T10:15:00.869234120Z",
       "user": "me", "codeVersion": "0.1.0-SNAPSHOT", "model": "mushrooms",
       "dataset": {"name": "tiny", "version": 3, "manifestSha256": "abc"},
       "backbone": "net_embedding.pt", "backboneSha256": "def", "architecture": "net",
       "device": {"device": "cpu", "java": "17", "processors": "2"},
       "hyperparameters": {"headEpochs": 40, "epochs": 12, "batchSize": 32, "smallestSize": 128,
         "largestSize": 192, "inputSize": 224, "learningRate": 5.0E-4, "headLearningRate": 0.001,
         "stemShare": 0.2, "weightDecay": 0.05, "maxNorm": 5.0, "dropout": 0.2, "smoothing": 0.1,
         "genusWeight": 0.3, "poisonWeight": 0.3, "balance": 0.2, "averageDecay": 0.995,
         "minCropArea": 0.35, "colour": 0.2, "erasing": 0.15, "mixup": 0.25, "cutMix": 0.25,
         "seed": 7}}
      """;

  @Test
  void readsRecordsOfTheFirstRelease() throws Exception {
    RunParameters parameters = read();
    assertThat(parameters.repeats()).isNull();
    assertThat(parameters.teachers()).isNull();
    assertThat(parameters.promote()).isNull();
    assertThat(parameters.mayPromote()).isTrue();
    assertThat(new String(JsonDocument.write(parameters), StandardCharsets.UTF_8))
        .as("and writes them as they were")
        .doesNotContain("repeats", "promote");
  }

  @Test
  void tellsItsSettingsSoThatTheyGiveTheSameRun() throws Exception {
    RunParameters parameters = read();
    Settings settings = Settings.repeating("run a", parameters.settings(), List.of());
    assertThat(settings.hyperparameters()).isEqualTo(parameters.hyperparameters());
    assertThat(settings.text(SettingKey.DATASET)).isEqualTo("tiny");
    assertThat(settings.text(SettingKey.DATASET_VERSION)).isEqualTo("3");
    assertThat(settings.text(SettingKey.BACKBONE)).isEqualTo("net_embedding.pt");
    assertThat(settings.text(SettingKey.ARCHITECTURE)).isEqualTo("net");
    assertThat(settings.text(SettingKey.DEVICE)).isEqualTo("cpu");
    assertThat(settings.teachers()).isEmpty();
    assertThat(settings.notFrom("run a")).isEmpty();
    assertThat(SettingKey.keys())
        .filteredOn(key -> settings.find(key.name()).isEmpty())
        .extracting(SettingKey::name)
        .containsExactly(SettingKey.PRESET);
  }

  private static RunParameters read() throws Exception {
    return JsonDocument.read(
        OLD.getBytes(StandardCharsets.UTF_8), RunParameters.class, "params.json");
  }
}
