package app.mushroom.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.vision.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Photos that are missing, damaged or no photos: while they are checked and while they are used.
 */
class UnreadablePhotosTest {

  private static final int PHOTOS = 40;

  @TempDir Path folder;

  private FaultyStore objects;
  private DatasetRepository repository;
  private final List<DatasetPhoto> photos = new ArrayList<>();

  @BeforeEach
  void store() throws Exception {
    objects = new FaultyStore(ObjectStores.open(folder.toString()));
    repository = new DatasetRepository(objects);
    for (int i = 0; i < PHOTOS; i++) {
      photos.add(stored(jpeg(i)));
    }
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void readsThemAllWhereNothingIsWrong() throws Exception {
    CheckedPhotos checked = check();
    assertThat(checked.readable()).isEqualTo(photos);
    assertThat(checked.unreadable()).isEmpty();
    assertThat(new PhotoCheck(source(), 2).check(List.of(), done -> {}).total()).isZero();
  }

  @Test
  void countsAMissingPhoto() throws Exception {
    Files.delete(file(photos.get(3)));
    assertUnreadable(photos.get(3), "No object");
  }

  @Test
  void countsAPhotoWhoseBytesChanged() throws Exception {
    byte[] bytes = Files.readAllBytes(file(photos.get(0)));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(photos.get(0)), bytes);
    assertUnreadable(photos.get(0), photos.get(0).sha256());
  }

  @Test
  void countsAFileThatIsNoPhoto() throws Exception {
    DatasetPhoto text = stored("no photo at all".getBytes(StandardCharsets.UTF_8));
    photos.add(text);
    assertUnreadable(text, "no picture");
  }

  @Test
  void countsHalfAPhoto() throws Exception {
    byte[] whole = jpeg(99);
    DatasetPhoto half = stored(java.util.Arrays.copyOf(whole, whole.length / 2));
    photos.add(half);
    assertUnreadable(half, "photo");
  }

  @Test
  void takesFivePerCentAndNoMore() throws Exception {
    for (int i = 0; i < 2; i++) {
      Files.delete(file(photos.get(i)));
    }
    assertThat(check().tooManyUnreadable()).isFalse();
    Files.delete(file(photos.get(2)));
    assertThat(check().tooManyUnreadable()).isTrue();
    assertThat(check().unreadable())
        .extracting(UnreadablePhoto::sha256)
        .containsExactlyElementsOf(
            photos.subList(0, 3).stream().map(DatasetPhoto::sha256).toList());
  }

  @Test
  void doesNotBlamePhotosForAStoreThatIsAway() {
    objects.fail(
        (operation, key) -> {
          throw new ObjectStoreException("Could not read in gs://bucket: 503.");
        });
    assertThatThrownBy(this::check)
        .isExactlyInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("503");
  }

  /** The check counts it, and who uses it all the same is told which one it is. */
  private void assertUnreadable(DatasetPhoto photo, String reason) throws Exception {
    CheckedPhotos checked = check();
    assertThat(checked.unreadable())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.sha256()).isEqualTo(photo.sha256());
              assertThat(found.label()).isEqualTo("boletus_edulis");
              assertThat(found.split()).isEqualTo(Split.TRAIN);
              assertThat(found.reason()).contains(reason);
            });
    assertThat(checked.readable()).hasSize(photos.size() - 1).doesNotContain(photo);
    try (BatchLoader loader = loader()) {
      Iterator<Batch> batches = loader.plain(List.of(photo), 4);
      assertThatThrownBy(batches::next)
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .isInstanceOf(UnreadablePhotoException.class)
          .hasMessageContaining(photo.sha256())
          .hasMessageContaining("boletus_edulis")
          .hasMessageContaining(reason);
    }
  }

  private CheckedPhotos check() throws Exception {
    List<Integer> progress = new ArrayList<>();
    CheckedPhotos checked = new PhotoCheck(source(), 2).check(photos, progress::add);
    assertThat(progress).last().isEqualTo(photos.size());
    return checked;
  }

  private PhotoSource source() {
    return new PhotoSource(repository, "tiny");
  }

  private BatchLoader loader() {
    LabelIndex labels = LabelIndex.ofNames(List.of("boletus_edulis"));
    return new BatchLoader(source(), labels, Preprocessing.imagenet(32), 2);
  }

  private Path file(DatasetPhoto photo) {
    return folder.resolve("datasets/tiny/images/" + photo.sha256() + ".jpg");
  }

  private DatasetPhoto stored(byte[] bytes) throws Exception {
    String sha256 = Sha256.of(bytes);
    repository.putImage("tiny", sha256, bytes);
    return new DatasetPhoto(
        sha256,
        "boletus_edulis",
        LabelRank.SPECIES,
        "Boletus edulis",
        "boletus",
        Split.TRAIN,
        sha256.substring(0, 10),
        null,
        20,
        20,
        bytes.length,
        "drawn",
        null,
        "CC0-1.0",
        null);
  }

  private static byte[] jpeg(int grey) throws Exception {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 400; i++) {
      image.setRGB(i % 20, i / 20, (grey + i) * 0x010203);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }
}
