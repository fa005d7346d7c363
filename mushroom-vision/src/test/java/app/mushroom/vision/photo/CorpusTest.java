package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.photo.Corpus.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to each file of the corpus is what its manifest asks for. */
class CorpusTest {
  private static final Duration SLOWEST = Duration.ofSeconds(2);
  private static Corpus corpus;

  private final PhotoDecoder decoder = new PhotoDecoder();

  @BeforeAll
  static void readCorpus() throws IOException {
    corpus = Corpus.read();
  }

  @Test
  void decodesWhatMustBeAcceptedAndRefusesWhatMustNot() {
    List<String> wrong = new ArrayList<>();
    for (Entry entry : corpus.entries()) {
      long start = CpuTime.now();
      String verdict;
      try {
        decoder.decode(entry.bytes(), 236);
        verdict = entry.mustBeRefused() ? "was accepted" : "";
      } catch (PhotoRejectedException e) {
        verdict = entry.mustDecode() ? "was refused: " + e.getMessage() : "";
      } catch (Throwable e) {
        verdict = "broke the decoder: " + e;
      }
      if (CpuTime.now() - start > SLOWEST.toNanos()) {
        verdict += " and took longer than " + SLOWEST;
      }
      if (!verdict.isEmpty()) {
        wrong.add(entry + " " + verdict);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(corpus.entries()).hasSizeGreaterThan(100);
  }

  @Test
  void decodesTheColoursThatWereMeant() throws PhotoRejectedException {
    List<String> wrong = new ArrayList<>();
    for (Entry entry : corpus.entries()) {
      if (entry.meanRgb().length == 0 || !entry.mustDecode()) {
        continue;
      }
      byte[] bytes = entry.bytes();
      for (int minShortSide : new int[] {Integer.MAX_VALUE, 236}) {
        double[] mean = meanRgb(decoder.decode(bytes, minShortSide));
        for (int c = 0; c < 3; c++) {
          if (Math.abs(mean[c] - entry.meanRgb()[c]) > 8) {
            wrong.add(entry + " has mean colour " + Arrays.toString(mean));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void turnsEveryOrientationOfAPhotoTheSameWayUp() throws PhotoRejectedException {
    Map<String, List<Entry>> groups =
        corpus.entries().stream()
            .filter(entry -> !entry.group().isEmpty() && entry.mustDecode())
            .collect(Collectors.groupingBy(Entry::group));
    assertThat(groups).isNotEmpty();
    for (List<Entry> group : groups.values()) {
      Photo first = decoder.decode(group.get(0).bytes());
      for (Entry entry : group) {
        Photo photo = decoder.decode(entry.bytes());
        assertThat(photo.width()).as(entry.file()).isEqualTo(first.width());
        assertThat(photo.height()).as(entry.file()).isEqualTo(first.height());
        assertThat(meanDifference(first, photo)).as(entry.file()).isLessThan(5);
      }
    }
  }

  @Test
  void refusesHalfPhotos() {
    List<String> accepted = new ArrayList<>();
    int cuts = 0;
    for (Entry entry : corpus.entries()) {
      byte[] bytes = entry.bytes();
      if (!entry.mustDecode() || PhotoFormat.of(bytes).orElseThrow() == PhotoFormat.TIFF) {
        continue;
      }
      for (int percent : new int[] {10, 25, 50, 75}) {
        cuts++;
        try {
          decoder.decode(Arrays.copyOf(bytes, bytes.length * percent / 100));
          accepted.add(entry + " cut at " + percent + " %");
        } catch (PhotoRejectedException e) {
          assertThat(e.reason().name()).as(entry.file()).isNotEqualTo("OUT_OF_MEMORY");
        }
      }
    }
    assertThat(accepted).isEmpty();
    assertThat(cuts).isGreaterThan(100);
  }

  private static double[] meanRgb(Photo photo) {
    double[] mean = new double[3];
    for (int i = 0; i < photo.rgb().length; i++) {
      mean[i % 3] += photo.rgb()[i] & 0xFF;
    }
    return Arrays.stream(mean).map(sum -> sum / photo.width() / photo.height()).toArray();
  }

  private static double meanDifference(Photo a, Photo b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
    }
    return sum / a.rgb().length;
  }
}
