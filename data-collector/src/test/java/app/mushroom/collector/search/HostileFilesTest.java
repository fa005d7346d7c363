package app.mushroom.collector.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.quality.PhotoChecks;
import app.mushroom.collector.search.PhotoFetch.Fetched;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.vision.photo.PhotoDecoder;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The corpus of hostile files, as if the web sent them for photographs. */
class HostileFilesTest {

  @Test
  void noFileThatMustBeRefusedBecomesAPhotoAndNoneEndsTheSearch() throws Exception {
    Path corpus = TestPhotos.corpus();
    List<String> taken = new ArrayList<>();
    int refused = 0;
    try (Reader list = Files.newBufferedReader(corpus.resolve("manifest.csv"))) {
      for (CSVRecord row :
          CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(list)) {
        Fetched fetched = fetch(Files.readAllBytes(corpus.resolve(row.get("file"))));
        if (row.get("expected").startsWith("reject")) {
          if (fetched instanceof Fetched.Fit) {
            taken.add(row.get("file"));
          } else {
            refused++;
          }
        }
      }
    }
    assertThat(taken).isEmpty();
    assertThat(refused).isGreaterThan(50);
  }

  private static Fetched fetch(byte[] bytes) throws InterruptedException {
    URI address = URI.create("https://a.example/photo.jpg");
    PhotoFetch fetch =
        new PhotoFetch(
            request -> new WebAnswer(address, 200, "image/jpeg", bytes),
            new PhotoPreparation(new PhotoDecoder(), 1024),
            new QualityInspector(new PhotoChecks(1, 1000)),
            1);
    return fetch.fetch(
        new OfferedPhoto(
            "a", "1", address, null, null, null, new Licence("CC0-1.0", "cc0"), null, "Amanita"));
  }
}
