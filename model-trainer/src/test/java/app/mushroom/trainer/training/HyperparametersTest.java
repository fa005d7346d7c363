package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.JsonDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HyperparametersTest {

  /** As a run of the first release recorded them. */
  private static final String RECORDED =
      """
      {"headEpochs": 40, "epochs": 12, "batchSize": 32, "smallestSize": 128, "largestSize": 192,
       "inputSize": 224, "learningRate": 5.0E-4, "headLearningRate": 0.001, "stemShare": 0.2,
       "weightDecay": 0.05, "maxNorm": 5.0, "dropout": 0.2, "smoothing": 0.1, "genusWeight": 0.3,
       "poisonWeight": 0.3, "balance": 0.2, "averageDecay": 0.995, "minCropArea": 0.35,
       "colour": 0.2, "erasing": 0.15, "mixup": 0.25, "cutMix": 0.25, "seed": 1}
      """;

  record Later(
      @Hyperparameter(value = 3, to = 9, about = "always there") int first,
      @Hyperparameter(value = 0.5, to = 1, before = 0, about = "came later") double addedLater) {}

  @Test
  void readsAndWritesTheRecordsOfOlderRuns() {
    Hyperparameters recorded = read(RECORDED);
    assertThat(recorded.epochs()).isEqualTo(12);
    assertThat(recorded.learningRate()).isEqualTo(5e-4);
    assertThat(recorded.seed()).isEqualTo(1);
    assertThat(recorded.trivialAugment()).as("came later, off before").isZero();
    assertThat(recorded.distillation()).as("came later, off before").isZero();
    assertThat(read(JsonDocument.mapper().writeValueAsString(recorded))).isEqualTo(recorded);
  }

  @Test
  void balancedIsWhatTheFirstReleaseTookByDefault() {
    Map<String, Number> balanced = new HashMap<>();
    for (HyperparameterKey key : Hyperparameters.keys()) {
      if (Double.isNaN(key.before())) {
        balanced.put(key.component(), key.balanced());
      }
    }
    assertThat(Hyperparameters.of(balanced)).isEqualTo(read(RECORDED));
  }

  @Test
  void ignoresWhatALaterReleaseRecordedAndRefusesWhatIsMissing() {
    assertThat(read(RECORDED.replace("{", "{\"rotation\": 0.5, "))).isEqualTo(read(RECORDED));
    assertThatThrownBy(() -> read(RECORDED.replace("\"epochs\": 12,", "")))
        .hasStackTraceContaining("Expected a number as hyperparameter epochs, found [");
    assertThatThrownBy(() -> read(RECORDED.replace("\"epochs\": 12", "\"epochs\": \"many\"")))
        .hasStackTraceContaining("Expected a number as hyperparameter epochs, found many");
  }

  @Test
  void aHyperparameterThatCameLaterKnowsWhatRunsDidBefore() {
    assertThat(HyperparameterKey.of(Later.class))
        .containsExactly(
            new HyperparameterKey("first", "first", true, 0, 9, 3, Double.NaN, "always there"),
            new HyperparameterKey("added-later", "addedLater", false, 0, 1, 0.5, 0, "came later"));
  }

  @Test
  void refusesEveryValueOutOfRange() {
    for (HyperparameterKey key : Hyperparameters.keys()) {
      for (double wrong : List.of(key.from() - 1, key.to() + 1)) {
        if (Math.abs(wrong) < 1e15) {
          assertThatThrownBy(() -> with(key.component(), wrong))
              .as(key.name())
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("Expected " + key.name() + " to be ")
              .hasMessageContaining(key.range());
        }
      }
    }
    assertThatThrownBy(() -> with("dropout", Double.NaN)).hasMessageContaining("dropout");
  }

  @Test
  void everyValueHasANameARangeThatHoldsItAndASentence() {
    assertThat(Hyperparameters.keys()).extracting(HyperparameterKey::name).doesNotHaveDuplicates();
    for (HyperparameterKey key : Hyperparameters.keys()) {
      assertThat(key.name()).matches("[a-z]+(-[a-z]+)*");
      assertThat(key.balanced()).isBetween(key.from(), key.to());
      assertThat(key.about()).isNotBlank().doesNotEndWith(".");
    }
  }

  private static Hyperparameters with(String component, double value) {
    Map<String, Number> values = new HashMap<>(read(RECORDED).values());
    values.put(component, value);
    return Hyperparameters.of(values);
  }

  private static Hyperparameters read(String json) {
    return JsonDocument.mapper().readValue(json, Hyperparameters.class);
  }
}
