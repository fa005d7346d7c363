package app.mushroom.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.trainer.cli.TinyDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoSourceTest {

  @TempDir Path folder;

  private ObjectStore objects;
  private DatasetRepository datasets;
  private List<DatasetPhoto> photos;

  @BeforeEach
  void draw() throws Exception {
    TinyDataset.write(folder);
    objects = ObjectStores.open(folder.toString());
    datasets = new DatasetRepository(objects);
    photos = datasets.read("tiny", 1).photos();
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void whatIsReadTwiceCountsOnce() throws Exception {
    PhotoSource source = new PhotoSource(datasets, "tiny");
    source.read(photos.get(0));
    source.read(photos.get(0));
    assertThat(source.cachedBytes()).isEqualTo(photos.get(0).sizeBytes());
    deleteImages();
    assertThat(source.read(photos.get(0)).width()).isEqualTo(40);
  }

  @Test
  void whatHasNoRoomIsReadAgainAndTakesNone() throws Exception {
    long room = photos.get(0).sizeBytes() + photos.get(1).sizeBytes() / 2;
    PhotoSource source = new PhotoSource(datasets, "tiny", room);
    source.read(photos.get(0));
    for (int again = 0; again < 3; again++) {
      source.read(photos.get(1));
      assertThat(source.cachedBytes()).isEqualTo(photos.get(0).sizeBytes());
    }
  }

  private void deleteImages() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jpg")).toList()) {
        Files.delete(file);
      }
    }
  }
}
