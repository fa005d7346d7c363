package app.mushroom.collector.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.JpegSegments;
import app.mushroom.collector.TestPhotos;
import app.mushroom.storage.Sha256;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoPreparationTest {
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final PhotoPreparation preparation = new PhotoPreparation(decoder, 1024);

  @ParameterizedTest
  @CsvSource({
    "32, 32, 32, 32",
    "1024, 16, 1024, 16",
    "1025, 1024, 1024, 1023",
    "2048, 1536, 1024, 768",
    "700, 2800, 256, 1024",
    "3001, 61, 1024, 21"
  })
  void keepsTheShapeWithinTheLongestSide(int width, int height, int newWidth, int newHeight)
      throws Exception {
    PreparedPhoto prepared = preparation.prepare(TestPhotos.png(1, width, height));

    assertThat(List.of(prepared.width(), prepared.height())).containsExactly(newWidth, newHeight);
    Photo stored = decoder.decode(prepared.jpeg());
    assertThat(List.of(stored.width(), stored.height())).containsExactly(newWidth, newHeight);
    assertThat(prepared.sha256()).isEqualTo(Sha256.of(prepared.jpeg()));
  }

  @Test
  void givesTheSameBytesForTheSamePhoto() throws Exception {
    byte[] photo = TestPhotos.jpeg(2, 1500, 900);

    assertThat(preparation.prepare(photo).sha256())
        .isEqualTo(new PhotoPreparation(new PhotoDecoder(), 1024).prepare(photo).sha256());
  }

  @Test
  void keepsColoursCloseToTheOriginal() throws Exception {
    byte[] png = TestPhotos.png(3, 200, 150);

    byte[] before = decoder.decode(png).rgb();
    byte[] after = decoder.decode(preparation.prepare(png).jpeg()).rgb();

    double difference = 0;
    for (int i = 0; i < before.length; i++) {
      difference += Math.abs((before[i] & 0xff) - (after[i] & 0xff));
    }
    assertThat(difference / before.length).isLessThan(2);
  }

  @Test
  void writesBaselineJpegWithColourAtFullResolutionAndNothingElse() throws Exception {
    JpegSegments segments = JpegSegments.of(preparation.prepare(TestPhotos.png(4, 64, 48)).jpeg());

    assertThat(segments.markers())
        .containsOnly(JpegSegments.APP0, 0xDB, JpegSegments.START_OF_BASELINE_FRAME, 0xC4, 0xDA);
    assertThat(segments.bytesAfterEnd()).isZero();
    // precision, height, width, 3 components of id, sampling, table
    assertThat(segments.frame()).hasSize(15);
    assertThat(List.of(segments.frame()[7], segments.frame()[10], segments.frame()[13]))
        .containsOnly((byte) 0x11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"privacy", "orientation", "polyglot", "valid-common"})
  void keepsNothingOfAFileButItsPixels(String folder) throws Exception {
    Set<String> directories = new TreeSet<>();
    int taken = 0;
    for (Path file : files(TestPhotos.corpus().resolve(folder))) {
      byte[] jpeg;
      try {
        jpeg = preparation.prepare(Files.readAllBytes(file)).jpeg();
      } catch (PhotoRejectedException e) {
        continue;
      }
      taken++;
      Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(jpeg));
      metadata.getDirectories().forEach(directory -> directories.add(name(directory)));
      String text = new String(jpeg, StandardCharsets.ISO_8859_1);
      assertThat(text)
          .as(file.toString())
          .doesNotContain("<?php", "<script", "%PDF", "PK\3\4", "Exif\0", "http://ns.adobe.com");
      JpegSegments segments = JpegSegments.of(jpeg);
      assertThat(segments.bytesAfterEnd()).as(file.toString()).isZero();
      assertThat(segments.markers())
          .as(file.toString())
          .containsOnly(JpegSegments.APP0, 0xDB, JpegSegments.START_OF_BASELINE_FRAME, 0xC4, 0xDA);
    }
    assertThat(taken).isPositive();
    assertThat(directories).containsOnly("JPEG", "JFIF", "Huffman", "File Type");
  }

  @Test
  void turnsPhotosUpright() throws Exception {
    for (int orientation = 1; orientation <= 8; orientation++) {
      Path file =
          TestPhotos.corpus()
              .resolve("orientation/exif-orientation-examples__Landscape_" + orientation + ".jpg");
      PreparedPhoto prepared = preparation.prepare(Files.readAllBytes(file));
      assertThat(prepared.width()).as(file.toString()).isGreaterThan(prepared.height());
    }
  }

  @Test
  void refusesWhatIsNoPhoto() {
    assertThatThrownBy(() -> preparation.prepare(new byte[0]))
        .isInstanceOf(PhotoRejectedException.class);
    assertThatThrownBy(() -> preparation.prepare("GIF89a".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(PhotoRejectedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 15, 1025, Integer.MAX_VALUE})
  void refusesSizesThatTheFormatDoesNotAllow(int maxSide) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhotoPreparation(decoder, maxSide))
        .withMessageContaining("16 to 1024")
        .withMessageContaining(Integer.toString(maxSide));
  }

  private static String name(Directory directory) {
    return directory.getName();
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
