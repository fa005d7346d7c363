package app.mushroom.trainer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void beginsWithThePresetBalanced() {
    Settings settings = Settings.of(List.of());
    assertThat(settings.text(SettingKey.PRESET)).isEqualTo("balanced");
    assertThat(settings.text(SettingKey.DATASET)).isEqualTo("mushrooms");
    assertThat(settings.find(SettingKey.DATASET_VERSION)).isEmpty();
    assertThat(settings.find(SettingKey.BACKBONE)).isEmpty();
    assertThat(settings.promote()).isTrue();
    assertThat(settings.hyperparameters().epochs()).isEqualTo(12);
    assertThat(settings.hyperparameters().learningRate()).isEqualTo(5e-4);
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetIsAllowedAndExplained(Preset preset) {
    Settings settings = Settings.of(List.of(List.of(option("preset", preset.word()))));
    assertThat(settings.hyperparameters()).isNotNull();
    assertThat(SettingKey.keys().stream().filter(SettingKey::isRecipe).map(SettingKey::name))
        .containsAll(preset.changes().keySet());
    preset
        .changes()
        .forEach(
            (key, value) -> assertThat(Double.parseDouble(settings.text(key))).isEqualTo(value));
    assertThat(preset.about()).contains("2 cores").doesNotEndWith(".");
  }

  @Test
  void laterLayersWinAndSayWhereAValueComesFrom() {
    List<Given> file =
        List.of(
            new Given("preset", "best", false, "train.yaml, line 1"),
            new Given("epochs", "5", false, "train.yaml, line 2"),
            new Given("seed", "9", false, "train.yaml, line 3"));
    Settings settings = Settings.of(List.of(file, List.of(option("epochs", "7"))));
    assertThat(settings.find("epochs")).get().extracting("origin").isEqualTo("--epochs");
    assertThat(settings.hyperparameters().epochs()).isEqualTo(7);
    assertThat(settings.hyperparameters().seed()).isEqualTo(9);
    assertThat(settings.find("dropout")).get().extracting("origin").isEqualTo("preset best");
    assertThat(settings.hyperparameters().dropout()).isEqualTo(0.3);
  }

  @Test
  void thePresetOfAnOptionWinsOverTheFilesButNotOverTheFilesKeys() {
    List<Given> file =
        List.of(
            new Given("preset", "quick", false, "train.yaml, line 1"),
            new Given("epochs", "5", false, "train.yaml, line 2"));
    Settings settings = Settings.of(List.of(file, List.of(option("preset", "best"))));
    assertThat(settings.text("preset")).isEqualTo("best");
    assertThat(settings.hyperparameters().largestSize()).isEqualTo(224);
    assertThat(settings.hyperparameters().epochs()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, epochs", "headEpochs, head-epochs", "head_epochs, head-epochs", "Epochs, epochs",
    "learning-rte, learning-rate", "cut-mix, cutmix", "--seed, seed",
        "datasetversion, dataset-version"
  })
  void aKeyThatIsNotKnownIsRefusedWithTheNearest(String key, String nearest) {
    refused(key, "3")
        .hasMessageContaining("there is no setting \"" + key + "\"")
        .hasMessageContaining("Did you mean " + nearest + "?")
        .hasMessageContaining("--print-settings");
  }

  @Test
  void nothingIsSuggestedForWhatIsLikeNothing() {
    refused("quux-frobnication", "3").hasMessageNotContaining("Did you mean");
    refused("", "3").hasMessageContaining("there is no setting \"\"");
  }

  @Test
  void aKeyGivenTwiceIsRefusedWithBothPlaces() {
    List<Given> twice =
        List.of(
            new Given("epochs", "5", false, "train.yaml, line 1"),
            new Given("epochs", "5", false, "train.yaml, line 4"));
    assertThatThrownBy(() -> Settings.of(List.of(twice)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("train.yaml, line 4")
        .hasMessageContaining("already given (train.yaml, line 1)");
  }

  @ParameterizedTest
  @CsvSource({
    "epochs, many",
    "epochs, 3.5",
    "epochs, -1",
    "epochs, 10001",
    "epochs, 1e3",
    "epochs, 0x10",
    "epochs, 99999999999999999999",
    "batch-size, 1",
    "learning-rate, NaN",
    "learning-rate, Infinity",
    "learning-rate, 1.1",
    "learning-rate, 5d",
    "learning-rate, .",
    "learning-rate, -0.1",
    "dropout, 0.96",
    "average-decay, 1",
    "dataset-version, 0",
    "dataset-version, 1.0",
    "dataset-version, 2147483648",
    "dataset, ../tiny",
    "dataset, Mushrooms",
    "model, a b",
    "teacher, 3 4",
    "teacher, ../3",
    "device, tpu",
    "preset, fast",
    "promote, yes",
    "promote, 1",
    "seed, 9007199254740992"
  })
  void aValueThatIsNotAllowedIsRefused(String key, String text) {
    refused(key, text)
        .hasMessageContaining("line 7: expected " + key + " to be ")
        .hasMessageContaining("found \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "epochs, 0",
    "epochs, 10000",
    "epochs, +3",
    "seed, -5",
    "learning-rate, 1",
    "learning-rate, 5.e-4",
    "learning-rate, .5",
    "learning-rate, 5E-4",
    "promote, False",
    "device, GPU",
    "dataset, a.b_c-1"
  })
  void valuesAtTheEdgeAreTaken(String key, String text) {
    assertThat(Settings.of(List.of(List.of(option(key, text)))).find(key)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3,", ",3", "3,3", "none,3"})
  void aListOfVersionsThatIsNoneIsRefused(String versions) {
    refused("teacher", versions).hasMessageContaining("such as 3,7, or none");
  }

  @Test
  void versionsToLearnFromAreNoneOrMore() {
    assertThat(Settings.of(List.of()).teachers()).isEmpty();
    assertThat(Settings.of(List.of(List.of(option("teacher", "3, 7")))).teachers())
        .containsExactly("3", "7");
    assertThat(Settings.of(List.of(List.of(option("teacher", "none")))).teachers()).isEmpty();
  }

  @Test
  void quotesMakeNoNumberOfAText() {
    assertThatThrownBy(() -> Settings.of(List.of(List.of(new Given("epochs", "3", true, "f")))))
        .hasMessageContaining("found the text \"3\"");
    assertThat(Settings.of(List.of(List.of(new Given("model", "m", true, "f")))).text("model"))
        .isEqualTo("m");
  }

  @Test
  void anEmptyValueIsRefusedWithWhatToDo() {
    refused("epochs", "").hasMessageContaining("found nothing. Remove the line");
  }

  @Test
  void whatIsFoundIsShownShortAndWithoutControlCharacters() {
    refused("model", "a\u001b[31m" + "b".repeat(500))
        .hasMessageNotContaining("\u001b")
        .hasMessageContaining("…");
  }

  @Test
  void valuesThatDoNotGoTogetherAreRefused() {
    Settings sizes = Settings.of(List.of(List.of(option("smallest-size", "224"))));
    assertThatThrownBy(sizes::hyperparameters)
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("smallest-size to be at most largest-size, found 224 and 192");
    Settings mixes = Settings.of(List.of(List.of(option("mixup", "0.8"))));
    assertThatThrownBy(mixes::hyperparameters).hasMessageContaining("at most 1 together");
  }

  @Test
  void aRepetitionBeginsWithTheRunAndTellsWhatChanged() {
    Map<String, Object> recorded = recorded();
    Settings settings =
        Settings.repeating("run a", recorded, List.of(List.of(option("seed", "2"))));
    assertThat(settings.hyperparameters().epochs()).isEqualTo(4);
    assertThat(settings.hyperparameters().seed()).isEqualTo(2);
    assertThat(settings.notFrom("run a"))
        .singleElement()
        .satisfies(value -> assertThat(value.origin()).isEqualTo("--seed"));
  }

  @Test
  void aRepetitionTakesNoPreset() {
    assertThatThrownBy(
            () ->
                Settings.repeating(
                    "run a", recorded(), List.of(List.of(option("preset", "quick")))))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("exclude each other");
  }

  private static Map<String, Object> recorded() {
    Map<String, Object> recorded = new HashMap<>();
    Settings some = Settings.of(List.of(List.of(option("epochs", "4"))));
    for (SettingKey key : SettingKey.keys()) {
      some.find(key.name()).ifPresent(value -> recorded.put(key.name(), value.value()));
    }
    recorded.remove(SettingKey.PRESET);
    return recorded;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String key, String text) {
    return assertThatThrownBy(
            () -> Settings.of(List.of(List.of(new Given(key, text, false, "train.yaml, line 7")))))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("train.yaml, line 7: ");
  }

  private static Given option(String key, String text) {
    return Given.option(key, text, "--" + key);
  }
}
