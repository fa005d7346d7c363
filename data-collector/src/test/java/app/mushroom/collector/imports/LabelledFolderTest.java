package app.mushroom.collector.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.storage.dataset.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFolderTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void setUp() {
    folder = temp.resolve("my photos");
  }

  @Test
  void takesTheLabelFromTheFolder() throws Exception {
    put("amanita_muscaria/b.jpg");
    put("amanita_muscaria/a.jpg");
    put("not_mushroom/dog.jpg");

    Offers offers = read();

    assertThat(offers.photos())
        .extracting(SourcePhoto::label)
        .containsExactly("amanita_muscaria", "amanita_muscaria", "not_mushroom");
    assertThat(offers.photos().get(0).where()).isEqualTo("amanita_muscaria/a.jpg");
    assertThat(offers.photos().get(0).split()).isNull();
    assertThat(offers.photos().get(0).source()).isEqualTo("file://imported/amanita_muscaria/a.jpg");
  }

  @Test
  void takesTheSplitFromTheLevelAbove() throws Exception {
    put("train/amanita_muscaria/a.jpg");
    put("val/amanita_muscaria/b.jpg");
    put("test/boletus_edulis/c.jpg");

    assertThat(read().photos())
        .extracting(SourcePhoto::split)
        .containsExactly(Split.TEST, Split.TRAIN, Split.VAL);
  }

  @Test
  void passesOverWhatSystemsLeaveBehind() throws Exception {
    put("amanita_muscaria/a.jpg");
    put("amanita_muscaria/.DS_Store");
    put("amanita_muscaria/Thumbs.db");
    put(".hidden/a.jpg");

    Offers offers = read();

    assertThat(offers.photos()).hasSize(1);
    assertThat(offers.refusals()).isEmpty();
  }

  @Test
  void refusesWhatLiesOutsideALabel() throws Exception {
    put("amanita_muscaria/a.jpg");
    put("amanita_muscaria/more/b.jpg");
    put("c.jpg");

    assertThat(read().refusals())
        .extracting(Refusal::reason)
        .containsExactly("nested_folder", "no_label");
  }

  @Test
  void refusesAnEmptyFolder() throws Exception {
    Files.createDirectories(folder);

    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(this::read)
        .withMessageContaining("one sub-folder per label")
        .withMessageContaining("my photos");
  }

  private void put(String file) {
    TestPhotos.write(folder.resolve(file), new byte[] {1});
  }

  private Offers read() throws Exception {
    Offers offers = new Offers();
    new LabelledFolder(folder).read(offers);
    return offers;
  }
}
