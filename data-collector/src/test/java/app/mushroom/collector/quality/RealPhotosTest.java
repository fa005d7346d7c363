package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.quality.PhotoCheck.Passed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The figures of docs/collecting.md on a sample of the photographs that they were measured on. */
class RealPhotosTest {
  private static final int EVERY = 18;

  @Test
  void findsCopiesAndNoStrangersAndFlagsFew() throws IOException {
    List<byte[]> files = sample();
    PhotoChecks checks = new PhotoChecks(1, PhotoChecks.DEFAULT_MAX_ASPECT);
    NearDuplicates near = new NearDuplicates();
    List<NearPair> strangers = new ArrayList<>();
    int flagged = 0;
    for (byte[] file : files) {
      PhotoCheck check = checks.check(Pictures.decoded(file));
      assertThat(check).isInstanceOf(Passed.class);
      flagged += check instanceof Passed passed && !passed.flags().isEmpty() ? 1 : 0;
      strangers.addAll(near.add(PerceptualHash.of(Pictures.decoded(file))));
    }
    assertThat(flagged).isLessThanOrEqualTo(files.size() / 100);
    assertThat(strangers.size()).isLessThanOrEqualTo(1);
    int found = 0;
    for (int i = 0; i < files.size(); i++) {
      int original = i;
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(files.get(i)));
      BufferedImage copy =
          Pictures.mirrored(
              Pictures.scaled(image, image.getWidth() * 3 / 4, image.getHeight() * 3 / 4));
      found +=
          near.add(PerceptualHash.of(Pictures.jpeg(copy))).stream()
                  .anyMatch(pair -> pair.earlier() == original && pair.mirrored())
              ? 1
              : 0;
    }
    assertThat(found).isEqualTo(files.size());
  }

  private static List<byte[]> sample() throws IOException {
    Path list = Pictures.realPhotos();
    List<String> lines = Files.readAllLines(list);
    List<byte[]> files = new ArrayList<>();
    for (int i : IntStream.range(1, lines.size()).filter(i -> i % EVERY == 0).toArray()) {
      String file = lines.get(i).split(",", 2)[0];
      files.add(Files.readAllBytes(list.resolveSibling(file)));
    }
    return files;
  }
}
