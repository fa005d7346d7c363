package app.mushroom.trainer.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.FaultyStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPhotosTest {

  @TempDir Path folder;

  private ObjectStore objects;
  private DatasetRepository datasets;

  @BeforeEach
  void open() throws Exception {
    objects = ObjectStores.open(folder.resolve("store").toString());
    datasets = new DatasetRepository(objects);
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void areTheMushroomsOfTheTestSplit() throws Exception {
    DatasetReference dataset =
        publish(photo(1, Split.TRAIN, "a"), photo(2, Split.TEST, "b"), photo(3, Split.VAL, "c"));
    TestPhotos test = choose(dataset, dataset);
    assertThat(test.photos()).extracting(DatasetPhoto::group).containsExactly("b");
    assertThat(test.seenByChampion()).isZero();
  }

  @Test
  void leaveOutWhatTheChampionLearnedFromAndOtherPhotosOfTheSameFind() throws Exception {
    DatasetReference old =
        publish(photo(1, Split.TRAIN, "a"), photo(2, Split.VAL, "b"), photo(3, Split.TEST, "c"));
    DatasetReference fresh =
        publish(
            photo(1, Split.TEST, "moved"),
            photo(4, Split.TEST, "b"),
            photo(3, Split.TEST, "c"),
            photo(5, Split.TEST, "d"));
    TestPhotos test = choose(fresh, old);
    assertThat(test.photos()).extracting(DatasetPhoto::group).containsExactlyInAnyOrder("c", "d");
    assertThat(test.seenByChampion()).isEqualTo(2);
  }

  @Test
  void groupsOfAnotherDatasetMeanNothing() throws Exception {
    DatasetReference other = publish("other", List.of(photo("other", 1, Split.TRAIN, "a")));
    DatasetReference fresh = publish(photo(2, Split.TEST, "a"));
    assertThat(choose(fresh, other).photos()).hasSize(1);
  }

  @Test
  void cannotBeChosenWhereTheChampionSawThemAll() throws Exception {
    DatasetReference old = publish(photo(1, Split.TRAIN, "a"));
    DatasetReference fresh = publish(photo(1, Split.TEST, "a"));
    assertThatThrownBy(() -> choose(fresh, old))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("trained or tuned on all 1 test photos of dataset tiny version 2");
  }

  @Test
  void cannotBeChosenWhereThereAreNone() throws Exception {
    DatasetReference dataset = publish(photo(1, Split.TRAIN, "a"));
    assertThatThrownBy(() -> choose(dataset, dataset)).hasMessageContaining("no test photos");
    DatasetReference changed = new DatasetReference("tiny", 1, "0".repeat(64));
    assertThatThrownBy(() -> choose(changed, changed))
        .hasMessageContaining("expected dataset tiny version 1 with manifest SHA-256 0000");
  }

  @Test
  void aFewUnreadablePhotosAreCountedAndManyAreAFault() throws Exception {
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 39; i++) {
      photos.add(photo(i, Split.TEST, "g" + i));
    }
    photos.add(broken(1));
    photos.add(broken(2));
    DatasetReference few = publish("tiny", photos);
    TestPhotos test = choose(few, few);
    assertThat(test.photos()).hasSize(39);
    assertThat(test.unreadable()).hasSize(2);
    photos.add(broken(3));
    DatasetReference many = publish("tiny", photos);
    assertThatThrownBy(() -> choose(many, many))
        .hasMessageContaining("3 of 42 test photos cannot be read")
        .hasMessageContaining(photos.get(41).sha256().substring(0, 12));
  }

  @Test
  void aStoreThatIsAwayIsNoPhotoThatCannotBeRead() throws Exception {
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      photos.add(photo(i, Split.TEST, "g" + i));
    }
    DatasetReference dataset = publish("tiny", photos);
    FaultyStore away = new FaultyStore(objects);
    away.fail(
        (operation, key) -> {
          if (key.contains(photos.get(7).sha256())) {
            throw new ObjectStoreException("the store is away");
          }
        });
    assertThatThrownBy(
            () ->
                TestPhotos.choose(
                    new DatasetRepository(away), dataset, Set.of(dataset), Set.of(dataset)))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("the store is away");
  }

  @Test
  void leaveOutWhatTheIngredientsOfTheNewVersionLearnedFrom() throws Exception {
    DatasetReference old = publish(photo(1, Split.TRAIN, "a"), photo(2, Split.TEST, "b"));
    DatasetReference fresh = publish(photo(1, Split.TEST, "a"), photo(2, Split.TEST, "b"));
    TestPhotos test = TestPhotos.choose(datasets, fresh, Set.of(fresh), Set.of(fresh, old));
    assertThat(test.photos()).extracting(DatasetPhoto::group).containsExactly("b");
    assertThat(test.seenByCandidate()).isEqualTo(1);
    DatasetReference gone = new DatasetReference("gone", 1, "0".repeat(64));
    assertThatThrownBy(() -> TestPhotos.choose(datasets, fresh, Set.of(), Set.of(gone)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dataset gone version 1, which is not here to tell");
  }

  private TestPhotos choose(DatasetReference candidate, DatasetReference champion)
      throws IOException {
    return TestPhotos.choose(datasets, candidate, Set.of(champion), Set.of(candidate));
  }

  private DatasetReference publish(DatasetPhoto... photos) throws IOException {
    return publish("tiny", List.of(photos));
  }

  private DatasetReference publish(String dataset, List<DatasetPhoto> photos) throws IOException {
    DatasetVersion version = datasets.publish(dataset, photos, Map.of(), Instant.EPOCH);
    return new DatasetReference(dataset, version.card().version(), version.card().manifestSha256());
  }

  private DatasetPhoto photo(int number, Split split, String group) throws IOException {
    return photo("tiny", number, split, group);
  }

  private DatasetPhoto photo(String dataset, int number, Split split, String group)
      throws IOException {
    BufferedImage image = new BufferedImage(16 + number, 20, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return stored(dataset, out.toByteArray(), split, group);
  }

  private DatasetPhoto broken(int number) throws IOException {
    byte[] bytes = ("not a photo " + number).getBytes(StandardCharsets.UTF_8);
    return stored("tiny", bytes, Split.TEST, "broken " + number);
  }

  private DatasetPhoto stored(String dataset, byte[] bytes, Split split, String group)
      throws IOException {
    String sha256 = Sha256.of(bytes);
    datasets.putImage(dataset, sha256, bytes);
    return new DatasetPhoto(
        sha256,
        "boletus_edulis",
        LabelRank.SPECIES,
        "Boletus edulis",
        "boletus",
        split,
        group,
        null,
        20,
        20,
        bytes.length,
        "drawn",
        null,
        "CC0-1.0",
        null);
  }
}
