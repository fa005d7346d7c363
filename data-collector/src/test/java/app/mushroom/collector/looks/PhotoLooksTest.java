package app.mushroom.collector.looks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.quality.Look;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetRepository;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoLooksTest {
  @TempDir Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void noPhotosNeedNoLook() throws Exception {
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      looks.seeAll(List.of(), 2, () -> false);
    }
    assertThat(folder.resolve("datasets")).doesNotExist();
  }

  @Test
  void looksAtEveryStoredPhotoOnceAndRemembers() throws Exception {
    List<String> photos = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      photos.add(store(TestPhotos.jpeg(seed, 64, 48)));
    }
    List<Look> seen = new ArrayList<>();
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      looks.seeAll(photos, 3, () -> false);
      photos.forEach(photo -> seen.add(looks.of(photo)));
    }
    assertThat(seen).allSatisfy(look -> assertThat(look.hash()).isNotNull());
    assertThat(seen).doesNotHaveDuplicates();

    // With the photos gone nothing can be looked at, so what is known was remembered.
    for (String photo : photos) {
      store.delete(image(photo));
    }
    try (PhotoLooks again = new PhotoLooks(store, "mushrooms", true)) {
      assertThat(photos).map(again::of).isEqualTo(seen);
    }
  }

  @Test
  void writesNothingWhereNothingIsToBeRemembered() throws Exception {
    String photo = store(TestPhotos.jpeg(1, 64, 48));
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", false)) {
      looks.seeAll(List.of(photo), 1, () -> false);
      assertThat(looks.of(photo).hash()).isNotNull();
    }
    assertThat(folder.resolve("datasets/mushrooms/records")).doesNotExist();
  }

  @Test
  void endsSoonWhenItIsAskedTo() throws Exception {
    String photo = store(TestPhotos.jpeg(1, 64, 48));
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      looks.seeAll(List.of(photo), 2, () -> true);
      assertThat(looks.of(photo)).isEqualTo(Look.UNKNOWN);
    }
  }

  @Test
  void whatIsNotStoredStaysUnknown() throws Exception {
    String missing = Sha256.of(new byte[] {1});
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      looks.seeAll(List.of(missing), 1, () -> false);
      assertThat(looks.of(missing)).isEqualTo(Look.UNKNOWN);
    }
  }

  @Test
  void aBlankPhotoHasNoHashAndIsToBeLookedAt() throws Exception {
    String blank =
        store(TestPhotos.encode(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg"));
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      looks.seeAll(List.of(blank), 1, () -> false);
      assertThat(looks.of(blank)).isEqualTo(new Look(null, List.of("blank")));
    }
  }

  @Test
  void aPhotoThatCannotBeReadIsToBeLookedAt() throws Exception {
    String broken = store("no photo".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      looks.seeAll(List.of(broken), 1, () -> false);
      assertThat(looks.of(broken).review()).containsExactly("unreadable");
    }
  }

  @Test
  void anImageThatIsNotWhatItsNameSaysIsAnError() throws Exception {
    String photo = store(TestPhotos.jpeg(1, 64, 48));
    store.writeBytes(image(photo), TestPhotos.jpeg(2, 64, 48), Precondition.none());
    try (PhotoLooks looks = new PhotoLooks(store, "mushrooms", true)) {
      assertThatIOException()
          .isThrownBy(() -> looks.seeAll(List.of(photo), 2, () -> false))
          .withMessageContaining(photo);
    }
  }

  private static ObjectKey image(String sha256) {
    return ObjectKey.of("datasets", "mushrooms", "images", sha256 + ".jpg");
  }

  private String store(byte[] bytes) throws IOException {
    String sha256 = Sha256.of(bytes);
    new DatasetRepository(store).putImage("mushrooms", sha256, bytes);
    return sha256;
  }
}
