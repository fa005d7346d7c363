package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.settings.Given;
import app.mushroom.trainer.settings.Settings;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitCheckTest {

  private static final String POISONOUS = "amanita_muscaria";

  private final List<DatasetPhoto> photos = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @Test
  void theSmallestThatWorksPasses() throws Exception {
    add("boletus_edulis", Split.TRAIN, 3);
    add(POISONOUS, Split.TRAIN, 1);
    add(POISONOUS, Split.VAL, 1);
    add("boletus_edulis", Split.TEST, 1);
    check("4", "3");
    assertThat(said).isEmpty();
  }

  @Test
  void aSplitSmallerThanABatchMakesNoStep() throws Exception {
    add("boletus_edulis", Split.TRAIN, 3);
    add(POISONOUS, Split.VAL, 1);
    add(POISONOUS, Split.TEST, 1);
    assertThatThrownBy(() -> check("4", "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("batch-size, 4,")
        .hasMessageContaining("train 3 photos")
        .hasMessageContaining("--batch-size 3");
    check("4", "0"); // no steps, no batches
  }

  @ParameterizedTest
  @CsvSource({
    "TRAIN, mushrooms in train, 0 of them mushrooms",
    "VAL, mushrooms in val, val 0 mushrooms",
    "TEST, mushrooms in test, test 0 mushrooms"
  })
  void aSplitWithoutMushroomsIsNamed(Split empty, String expected, String found) {
    add("not_mushroom", Split.TRAIN, 4);
    add("not_mushroom", Split.VAL, 4);
    for (Split split : Split.values()) {
      if (split != empty) {
        add(POISONOUS, split, 4);
        add("boletus_edulis", split, 4);
      }
    }
    assertThatThrownBy(() -> check("4", "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining(found)
        .hasMessageContaining("mushroom collect import");
  }

  @Test
  void poisonousLabelsNeedAPhotoInVal() {
    for (Split split : Split.values()) {
      add("boletus_edulis", split, 4);
    }
    add(POISONOUS, Split.TRAIN, 4);
    assertThatThrownBy(() -> check("4", "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("poisonous labels in val")
        .hasMessageContaining("1 of 2 labels");
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() {
    add(POISONOUS, Split.TRAIN, 1);
    add("boletus_edulis", Split.TRAIN, 1);
    assertThatThrownBy(() -> check("4", "1"))
        .hasMessageContaining("batch-size")
        .hasMessageContaining("in val")
        .hasMessageContaining("in test");
  }

  @Test
  void aDatasetWithoutPoisonousLabelsIsTrainedOnWithAWord() throws Exception {
    for (Split split : Split.values()) {
      add("boletus_edulis", split, 4);
      add("lepista_nuda", split, 4);
    }
    check("4", "1");
    assertThat(said).singleElement().asString().contains("None of the 2 labels is poisonous");
  }

  private void check(String batchSize, String epochs) throws IOException {
    DatasetCard card =
        new DatasetCard(
            1,
            "tiny",
            2,
            Instant.EPOCH,
            null,
            "0".repeat(64),
            photos.size(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            null);
    DatasetVersion version = new DatasetVersion(card, photos);
    List<Given> given =
        List.of(
            Given.option("batch-size", batchSize, "--batch-size"),
            Given.option("epochs", epochs, "--epochs"));
    Console console =
        new Console() {
          @Override
          public void say(String line) {
            said.add(line);
          }

          @Override
          public void progress(String step, int done, int total, String detail) {}
        };
    new SplitCheck(
            card,
            new RunPhotos(version, photos, SpeciesCatalogue.load()),
            Settings.of(List.of(given)).hyperparameters())
        .require(console);
  }

  private void add(String label, Split split, int count) {
    boolean mushroom = !label.equals("not_mushroom");
    for (int i = 0; i < count; i++) {
      photos.add(
          new DatasetPhoto(
              String.format("%064d", photos.size()),
              label,
              mushroom ? LabelRank.SPECIES : LabelRank.NONE,
              mushroom ? label : null,
              mushroom ? label.substring(0, label.indexOf('_')) : null,
              split,
              "group" + photos.size(),
              null,
              40,
              36,
              1000,
              "drawn",
              null,
              "CC0-1.0",
              null));
    }
  }
}
